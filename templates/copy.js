// a button beside words to copy; without a script, or without leave, the words are marked
for (const button of document.querySelectorAll(".copy button")) if (navigator.clipboard) {
  const said = button.textContent, words = button.parentNode.previousElementSibling;
  button.hidden = false;
  button.onclick = () => navigator.clipboard.writeText(words.textContent).then(() => {
    button.textContent = button.dataset.done;
    setTimeout(() => button.textContent = said, 3000);
  }, () => getSelection().selectAllChildren(words));
}
