// show-if: what is not asked is neither shown, checked nor sent
const tests = {
  in: (given, names, codes) => names.some((name) => given.getAll(name).some((value) => codes[0] ? codes.includes(value) : value.trim())),
  not: (given, part) => !test(part, given),
};
// every and some are words of the browser's for lists, too
const test = ([word, ...parts], given) => tests[word] ? tests[word](given, ...parts) : parts[word]((part) => test(part, given));
tasks.push(() => {
  for (const part of all("[data-if]")) {
    const shown = !part.parentNode.closest("[hidden]") && test(JSON.parse(part.dataset.if), new FormData(form));
    part.hidden = !shown;
    for (const control of all("[name]", part)) control.disabled = !shown;
  }
});
