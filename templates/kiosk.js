// a device by the door: when nobody touches it the form begins anew for the next person, who
// is told so in time and can stop it
const again = document.getElementById("again");
let quiet = 0;
if (again && new URLSearchParams(location.search).has("kiosk")) {
  const clock = setInterval(() => {
    const left = again.dataset.wait - ++quiet;
    again.hidden = left > 10;
    again.firstElementChild.textContent = left;
    if (!left) location.replace(again.dataset.to + location.search);
  }, 1e3);
  for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => quiet = 0);
  again.lastElementChild.onclick = () => again.hidden = clearInterval(clock) || true;
}
