// answers that the link brings: declared questions, exact codes; words only from behind the #.
// What somebody has answered already stays.
addEventListener("pageshow", () => {
  for (const group of all(".a")) {
    const name = group.id.slice(2).replace("-", ".");
    if (!told.fill.split(" ").some((each) => each == name || each == name.split(".")[0])) continue;
    const codes = asked.getAll(name).join().split(",");
    const empty = !all(":checked:not(option)", group)[0];
    for (const control of all("[name]", group)) {
      const code = control.name.split("--")[1] || control.value;
      if (control.matches("[type=radio],[type=checkbox]")) {
        if (empty && codes.includes(code) && !all("[type=radio]:checked", group)[0]) control.click();
      } else if (control.id == group.id + ".i" && !control.value) {
        if (control.options) for (const option of control.options) option.selected = codes.includes(option.value);
        else control.value = clean(words.get(name));
      }
    }
  }
  refresh();
}, { once: true });
