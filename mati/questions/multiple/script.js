// an answer that excludes the others (before all else looks at what is chosen), and how many
// may be chosen
form.addEventListener("input", ({ target }) => {
  const group = target.closest(".m");
  if (!group || !target.checked) return;
  const alone = target.hasAttribute("data-only");
  for (const box of all("[type=checkbox]", group)) if (box != target && (alone || box.hasAttribute("data-only"))) box.checked = false;
}, true);
tasks.push(() => {
  for (const group of all("[data-min],[data-max]")) {
    const count = all(":checked:not([data-only])", group).length;
    const wrong = count && (count < group.getAttribute("data-min") || count > (group.getAttribute("data-max") || 99));
    all("[type=checkbox]", group)[0].setCustomValidity(wrong ? "-" : "");
  }
});
