// one part at a time: the address says which, and CSS shows it
const steps = CSS.supports("selector(:has(a))") ? all(".s") : [];
const lead = (way, step) => all(way, now).map((link, at) => {
  link.hidden = at || !step;
  if (step) link.href = "#" + step.id;
});
let [now] = steps;
const arrive = () => {
  const spot = document.getElementById(location.hash.slice(1));
  const step = spot ? spot.closest(".s") || now : steps[0];
  if (spot && spot != step) location.replace("#" + step.id);
  if (step == now) return;
  now = step;
  refresh();
  if (spot && spot.matches(".a")) return go(spot);
  now.scrollIntoView();
  (all("h2", now)[0] || now).focus();
};
if (now) {
  addEventListener("hashchange", arrive);
  tasks.push(() => {
    const shown = steps.filter((step) => step == now || !step.hidden);
    const at = shown.indexOf(now);
    lead(".next", shown[at + 1]);
    lead(".back", shown[at - 1]);
  });
}
