// answers that the link brings: declared questions, exact codes; words in the fragment alone,
// which no server sees. What somebody has answered already stays.
const words = new URLSearchParams(location.hash.slice(1));
const fills = (name) => told("fill").split(" ").some((each) => each == name || each == name.split(".")[0]);
if ([...words.keys()].some(fills)) history.replaceState(null, "", location.pathname + location.search);
queueMicrotask(() => { // when every part listens
  for (const group of all(".a")) {
    const name = group.id.slice(2).replace("-", ".");
    if (!fills(name)) continue;
    const codes = asked.getAll(name).flatMap((value) => value.split(","));
    const empty = !all(":checked:not(option)", group)[0];
    for (const control of all("input,textarea,select", group)) {
      const [, code] = /--(.*)/.exec(control.name) || [, control.value];
      if (control.matches("[type=radio],[type=checkbox]")) {
        if (empty && codes.includes(code) && !(control.type == "radio" && all(":checked", group)[0])) control.click();
      } else if (control.id == group.id + ".i" && !control.value) {
        control.value = control.options ? codes.find((given) => all(`option`, control).some((option) => option.value == given)) || "" : clean(words.get(name) || "");
        control.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
  }
});
