// Comfort for the form; everything it does can be left out. It holds no words: messages stand
// in the page, in the page's language. Names of questions can hide properties of the form
// (a question called "submit"), so only names with a capital are asked of the form itself.
const form = document.getElementById("form");
const all = (selector, inside = form) => [...inside.querySelectorAll(selector)];
const own = (name) => form.querySelector(`[name="${name}"]`);
const told = (name) => form.getAttribute("data-" + name);
const asked = new URLSearchParams(location.search);
const button = form.querySelector(".send");
const sendWords = button.textContent;
let busy = false;

// one response, one id; crypto.randomUUID exists on https only
own("mati_id").value = crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// hidden fields from the address: declared values only, else "other"; free ones are cleaned
const clean = (text) => [...text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\s]+/gu, " ").trim()].slice(0, 60).join("");
const via = asked.get("via") || "";
if (/^[\w-]{1,32}$/.test(via)) own("mati_channel").value = via;
for (const field of all("[data-take]")) {
  const labels = JSON.parse(field.getAttribute("data-take"));
  const given = clean(asked.get(field.name) || "");
  const code = !given || !labels || labels.hasOwnProperty(given) ? given : "other";
  const shown = labels ? labels[code] : code;
  field.value = code;
  field.disabled = !code;
  if (shown) for (const pipe of document.querySelectorAll(`[data-pipe="${field.name}"]`)) pipe.textContent = shown;
}

// show-if: what is not asked is neither shown, checked nor sent
const tests = {
  in: (given, names, codes) => names.some((name) => given.getAll(name).some((value) => value.trim() && (!codes.length || codes.includes(value)))),
  not: (given, part) => !test(part, given),
  and: (given, ...parts) => parts.every((part) => test(part, given)),
  or: (given, ...parts) => parts.some((part) => test(part, given)),
};
const test = ([word, ...rest], given) => tests[word](given, ...rest);
const tasks = [];
const refresh = () => {
  for (const part of all("[data-if]")) {
    const shown = !part.parentNode.closest("[hidden]") && test(JSON.parse(part.getAttribute("data-if")), new FormData(form));
    part.hidden = !shown;
    for (const control of all("[name]", part)) control.disabled = !shown;
  }
  for (const task of tasks) task();
  for (const group of all(".bad")) mark(group);
};

// our own checks, in the page's words
const mark = (group) => {
  const controls = all("[name]", group);
  const empty = !controls.some((control) => control.matches(":checked,.t") && control.value.trim());
  const wrong = (empty && group.hasAttribute("data-need")) || controls.some((control) => !control.validity.valid);
  group.classList.toggle("bad", wrong);
  for (const control of controls) {
    control.was ??= control.getAttribute("aria-describedby") || "";
    control.setAttribute("aria-describedby", (wrong ? group.id + ".e " : "") + control.was);
    if (!control.matches("[type=radio]")) control.setAttribute("aria-invalid", wrong);
  }
  return wrong;
};
const halt = (inside) => {
  const [wrong] = all(".a", inside).filter((group) => !group.closest("[hidden]") && mark(group));
  if (wrong) wrong.scrollIntoView(), all("[name]", wrong)[0].focus({ preventScroll: true });
  return wrong;
};
const send = async (tries) => {
  try {
    const reply = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" }, signal: AbortSignal.timeout?.(3e4) });
    const said = reply.ok ? await reply.json().catch(() => ({})) : { ok: false };
    if (said.ok != false) {
      const end = said.ending || JSON.parse(told("ends") || "[]").find(([, condition]) => !condition || test(condition, new FormData(form)))?.[0];
      return location.href = told("thanks") + (end ? "#" + end : "");
    }
  } catch {
    if (tries) return setTimeout(send, 1500, tries - 1);
    if (!navigator.onLine) return rest(document.getElementById("fail").classList.add("on"));
  }
  HTMLFormElement.prototype.submit.call(form); // the browser shows the service's own words
};
const rest = () => {
  busy = false;
  button.removeAttribute("aria-disabled");
  button.textContent = sendWords;
  refresh();
};
form.noValidate = true;
document.documentElement.classList.add("js");
form.addEventListener("input", refresh);
form.addEventListener("submit", (event) => {
  if (busy || halt()) return event.preventDefault();
  busy = true;
  button.setAttribute("aria-disabled", true);
  button.textContent = button.getAttribute("data-busy");
  if (told("script") != "fetch") return;
  event.preventDefault();
  send(1);
});
// an error that appears under the press would push the button away, so no line is left by it
form.onmousedown = ({ target }) => !target.closest("button");
addEventListener("pageshow", rest);
