// hidden fields: declared values from the address, any other is "other"
const give = (control, code, shown) => {
  control.value = code;
  control.disabled = !code;
  if (shown) for (const pipe of all(`[data-pipe="${control.name}"]`, document)) pipe.textContent = shown;
};
for (const control of all("[data-take]")) {
  const labels = JSON.parse(control.dataset.take || "{}");
  const given = (asked.get(control.name) || control.value).trim();
  const code = !given || labels.hasOwnProperty(given) ? given : "other";
  give(control, code, labels[code]);
}
