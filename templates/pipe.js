// what was answered is repeated where a text asks for it
tasks.push(() => {
  for (const pipe of document.querySelectorAll("[data-pipe]")) {
    const group = document.getElementById("a-" + pipe.getAttribute("data-pipe").replace(".", "-"));
    if (!group) continue;
    pipe.was ??= pipe.textContent;
    const given = all(":checked,textarea,input:not([type=radio]):not([type=checkbox])", group).filter((control) => control.value && !control.disabled);
    const words = given.map((control) => control.text ?? (control.matches(":checked") ? control.nextElementSibling.textContent : clean(control.value)));
    pipe.textContent = words.filter(Boolean).join(", ") || pipe.was;
  }
});
