// each response has an order of its own, drawn from its id (FNV-1a, 32 bits): who knows the id
// knows the order. What is not named in data-mix keeps its place.
const draw = (text) => [...text].reduce((sum, char) => Math.imul(sum ^ char.charCodeAt(0), 16777619), -2128831035) >>> 0;
for (const group of all("[data-mix]")) {
  const codes = group.getAttribute("data-mix").split(" ");
  const drawn = codes.map((code) => {
    const spot = document.getElementById(group.id + "-" + code) || all(`[value="${code}"],[name$="--${code}"]`, group)[0];
    return [draw(code + group.id + own("mati_id").value), spot.closest("label") || spot];
  });
  const marks = drawn.map(([, part]) => {
    const mark = document.createComment("");
    part.replaceWith(mark);
    return mark;
  });
  drawn.sort(([left], [right]) => left - right).forEach(([, part], at) => marks[at].replaceWith(part));
  // a browser gives answers back by their places, which are others next time: so it keeps none
  for (const control of all("input,select", group)) control.autocomplete = "off";
}
