// what was answered is repeated where a text asks for it; words of one's own in place of "Other"
tasks.push(() => {
  for (const pipe of all("[data-pipe]", document)) {
    const [group] = all("#a-" + pipe.dataset.pipe.replace(".", "-"));
    if (!group) continue;
    pipe.was = pipe.was || [pipe.textContent];
    const given = all(":checked,textarea,input.t", group).filter((control) => control.value && !control.disabled);
    pipe.textContent = given.map((control, at) => {
      if (control.type == "date") return control.valueAsDate.toLocaleDateString(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
      if (!control.matches(":checked")) return clean(control.value);
      return given[at + 1] && given[at + 1].matches(".write-in>*") ? "" : control.text || control.nextElementSibling.textContent;
    }).filter(Boolean).join(", ") || pipe.was;
  }
});
