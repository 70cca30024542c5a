// hidden fields: declared values from the address, any other is "other"
for (const control of all('[data-take^="{"]')) {
  const given = (asked.get(control.name) || control.value).trim();
  control.value = given && !JSON.parse(control.dataset.take).hasOwnProperty(given) ? "other" : given;
  control.disabled = !given;
}
