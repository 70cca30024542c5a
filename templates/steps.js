// one part at a time: the address says which, and CSS shows it; here a part is checked before
// the next, and what is skipped is passed over
const steps = CSS.supports("selector(:has(a))") ? all(".s") : [];
const here = () => steps.find((step) => "#" + step.id == location.hash) || steps[0];
const lead = (links, to) => links.forEach((link, place) => {
  link.hidden = place > 0 || !to;
  if (to) link.setAttribute("href", "#" + to.id);
});
let now = here();
tasks.push(() => {
  if (!now) return;
  const shown = steps.filter((step) => step == now || !step.hidden);
  const place = shown.indexOf(now);
  const next = shown[place + 1];
  const back = shown[place - 1];
  button.hidden = next;
  lead(all(".next", now), next);
  lead(all(".back", now), back);
  if (!now.hidden || shown.length < 2) return;
  now = next || back;
  location.replace("#" + now.id);
});
addEventListener("hashchange", () => {
  const spot = document.getElementById(location.hash.slice(1));
  if (now && spot && !steps.includes(spot)) location.replace("#" + (spot.closest(".s") || now).id);
  const moved = now != here();
  now = here();
  refresh();
  if (!moved || now.contains(document.activeElement)) return;
  const head = all("h2", now)[0] || now;
  head.tabIndex = -1;
  head.focus({ preventScroll: true });
  now.scrollIntoView();
});
form.addEventListener("click", (event) => event.target.matches(".next") && halt(now) && event.preventDefault());
form.addEventListener("submit", (event) => {
  if (button.hidden) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return all(".next", now)[0].click();
  }
  const wrong = now && all(".a").find((group) => !group.closest("[hidden]") && mark(group));
  if (wrong) location.hash = wrong.closest(".s").id;
}, true);
all(".still")[0].remove(); // Enter goes on now
refresh();
