// a line for a number takes the digits of Khmer, Lao and Thai keyboards, which browsers refuse
form.addEventListener("beforeinput", (event) => {
  if (event.target.type != "number" || !/[០-៩໐-໙๐-๙]/.test(event.data)) return;
  event.preventDefault();
  document.execCommand("insertText", false, event.data.replace(/[០-៩໐-໙๐-๙]/g, (digit) => digit.charCodeAt() % 16));
});
