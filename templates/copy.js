// a button beside words to copy; without a script the words are marked at one touch
for (const button of document.querySelectorAll(".copy button")) if (navigator.clipboard) {
  const said = button.textContent;
  button.hidden = false;
  button.onclick = () => navigator.clipboard.writeText(button.previousElementSibling.textContent).then(() => {
    button.textContent = button.dataset.done;
    setTimeout(() => button.textContent = said, 3000);
  });
}
