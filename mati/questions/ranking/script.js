// no two have the same place: who loses one gets what the other had before
form.addEventListener("input", ({ target }) => {
  const group = target.closest(".order");
  if (group) for (const twin of all(`:checked[value="${target.value}"]`, group)) if (twin != target) {
    const [free] = all(`[value="${target.closest(".place").was}"]`, twin.closest(".place"));
    twin.checked = false;
    if (free) free.checked = true;
  }
}, true);
tasks.push(() => {
  for (const row of all(".place")) row.was = all(":checked", row).map((place) => place.value)[0];
});
