// letters left, as people count them; said aloud only after a pause, and when few are left
const letters = (text) => Intl.Segmenter ? [...new Intl.Segmenter().segment(text)].length : [...text].length;
for (const shown of all("[data-most]")) {
  const [box] = all(".t", shown.parentNode);
  let pause;
  tasks.push(() => {
    const left = shown.dataset.most - letters(box.value);
    shown.textContent = shown.dataset.words.replace("{n}", ("" + left).replace(/\d/g, (digit) => (told.digits || "0123456789")[digit]));
    box.setCustomValidity(left < 0 ? "-" : "");
    clearTimeout(pause);
    if (left < 50) pause = setTimeout(() => shown.nextElementSibling.textContent = shown.textContent, 1e3);
  });
}
