// a part is checked before the next, and passed over when it is skipped; Enter goes on, and
// sends only at the end
tasks.push(() => {
  const [way] = now ? all(".go a:not([hidden])", now).reverse() : [];
  button.hidden = way && way.matches(".next");
  if (!way || !now.hidden) return;
  location.replace(way.href);
  now = all(way.hash)[0];
  refresh();
});
form.addEventListener("click", (event) => {
  if (event.target.matches(".next") && halt(now)) event.preventDefault();
});
form.addEventListener("submit", (event) => {
  if (!button.hidden) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  all(".next", now)[0].click();
}, true);
all(".still")[0].remove();
if (now) arrive();
