// a device by the door: when it was left alone for a while the form begins anew for the next
// person; who is still there is told in time, and can stop it. On the thanks page, too.
const again = document.getElementById("again");
if (new URLSearchParams(location.search).has("kiosk")) {
  const wait = again.dataset.wait;
  const count = again.querySelector("b");
  const [channel] = document.getElementsByName("mati_channel");
  let quiet = 0;
  if (channel) {
    quiet = NaN; // nobody was here yet
    channel.value = channel.value || "kiosk";
    again.parentNode.dataset.thanks += location.search;
  }
  const clock = setInterval(() => {
    const left = wait - ++quiet;
    again.hidden = channel && !(left <= 10);
    count.textContent = left;
    if (left == 0) location.replace(again.dataset.to + location.search);
  }, 1e3);
  for (const sign of ["pointerdown", "keydown", "input"]) addEventListener(sign, () => quiet = 0);
  again.querySelector("button").onclick = () => {
    clearInterval(clock);
    again.remove();
  };
}
