// Comfort for the form; everything it does can be left out. It holds no words: messages stand
// in the page, in the page's language. Names of questions can hide properties of the form
// (a question called "submit"), so only names with a capital are asked of the form itself.
// Nothing newer than ES2018: an engine that cannot read it shows the plain form.
const [form] = document.forms;
const told = form.parentNode.dataset;
const all = (selector, inside = form) => [...inside.querySelectorAll(selector)];
const own = (name) => all(`[name="${name}"]`)[0];
const asked = new URLSearchParams(location.search);
const [button] = all(".send");
const [wrongs] = all(".sum");
const sendWords = button.textContent;
const tasks = [];
let busy, send;

// one response, one id
own("mati_id").value = crypto.getRandomValues(new Uint32Array(4)).join("-");
own("mati_channel").value = asked.get("via");

// our own checks, in the page's words
const mark = (group) => {
  const controls = all("[name]", group);
  const empty = !controls.some((control) => control.matches(":checked,.t") && control.value.trim());
  const wrong = (empty && "need" in group.dataset) || controls.some((control) => !control.validity.valid);
  group.classList.toggle("bad", wrong);
  for (const error of all(".e", group)) error.id = group.id + ".e";
  for (const control of controls) {
    control.was = control.was || [control.getAttribute("aria-describedby")];
    control.setAttribute("aria-describedby", (wrong ? group.id + ".e " : "") + control.was);
    if (control.type != "radio") control.setAttribute("aria-invalid", wrong);
  }
  return wrong;
};
const go = (group) => {
  group.scrollIntoView();
  all("[name]", group)[0].focus({ preventScroll: true });
};
const [line] = all("li", wrongs);
const halt = (inside) => {
  const groups = all(".a", inside).filter((group) => !group.closest("[hidden]") && mark(group));
  wrongs.hidden = !groups[0];
  for (const old of all("li", wrongs)) old.remove();
  for (const group of groups) {
    const link = wrongs.lastElementChild.appendChild(line.cloneNode(true)).firstChild;
    link.textContent = all("legend,label", group)[0].textContent;
    link.href = "#" + group.id;
    // one that is out of sight has a part of its own, to which the address leads
    link.onclick = () => go(group) || !group.offsetParent;
  }
  wrongs.focus();
  return groups[0];
};
const refresh = () => {
  for (const task of tasks) task();
  if (!all(".bad").filter(mark)[0]) wrongs.hidden = true;
};
const wait = (on) => {
  busy = on;
  button.setAttribute("aria-disabled", on);
  button.textContent = on ? told.busy : sendWords;
};
form.noValidate = true;
form.className = "js";
form.addEventListener("input", refresh);
form.addEventListener("submit", (event) => {
  if (busy || halt()) event.preventDefault();
  else {
    wait(true);
    send(event);
  }
});
addEventListener("pageshow", () => {
  wait(false);
  refresh();
});
