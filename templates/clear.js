// an answer given by mistake can be taken back
form.addEventListener("click", ({ target }) => {
  if (!target.matches(".clear")) return;
  for (const control of all(":checked", target.parentNode)) control.checked = false;
  all("input", target.parentNode)[0].focus();
  refresh();
});
