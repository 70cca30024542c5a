// each response has an order of its own, drawn from its id (FNV-1a, 32 bits, signed): who knows the id
// knows the order. What is not named in data-mix keeps its place.
const draw = (text) => [...text].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(), 16777619), -2128831035);
for (const group of all("[data-mix]")) {
  const parts = group.dataset.mix.split(" ").map((code) => {
    const [spot] = all(`#${group.id}-${code},[value="${code}"],[name$="--${code}"]`, group);
    return [draw(code + group.id + own("mati_id").value), spot.closest("label") || spot];
  });
  const spots = parts.map((part) => {
    const spot = new Comment();
    part[1].replaceWith(spot);
    return spot;
  });
  parts.sort((part, other) => part[0] - other[0]).map((part, at) => spots[at].replaceWith(part[1]));
  // a browser gives answers back by their places, which are others next time: so it keeps none
  for (const control of all("[name]", group)) control.autocomplete = "off";
}
