// each response has an order of its own, drawn from its id (FNV-1a, 32 bits, signed): who knows the id
// knows the order. What is not named in data-mix keeps its place.
const draw = (text) => [...text].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(), 16777619), -2128831035);
for (const group of all("[data-mix]")) {
  const parts = group.dataset.mix.split(" ").map((code) => {
    const spot = document.getElementById(group.id + "-" + code) || all(`[value="${code}"],[name$="--${code}"]`, group)[0];
    return [draw(code + group.id + own("mati_id").value), spot.closest("label") || spot];
  });
  const spots = parts.map(([, part]) => {
    const spot = document.createComment("");
    part.replaceWith(spot);
    return spot;
  });
  parts.sort(([left], [right]) => left - right).map(([, part], at) => spots[at].replaceWith(part));
  // a browser gives answers back by their places, which are others next time: so it keeps none
  for (const control of all("[name]", group)) control.autocomplete = "off";
}
