// letters left, as people count them; said aloud only after a pause, and only when few are left
const parts = (text) => Intl.Segmenter ? [...new Intl.Segmenter().segment(text)].length : [...text].length;
for (const box of all("[data-most]")) {
  const [shown, said] = all("output", box.parentNode);
  let pause;
  tasks.push(() => {
    const left = box.dataset.most - parts(box.value);
    shown.textContent = shown.dataset.words.replace("{n}", left);
    box.setCustomValidity(left < 0 ? "-" : "");
    clearTimeout(pause);
    pause = setTimeout(() => said.textContent = left < 50 ? shown.textContent : "", 1e3);
  });
}
