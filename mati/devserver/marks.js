(function () {
  "use strict";
  const words = {}, looks = ""; // what the preview puts here: its sentences, its own style
  const texts = JSON.parse(document.getElementById("mati-texts").textContent);
  const todo = ["missing", "outdated", "broken", "lost"], states = [...todo, "good", "source"];
  const host = document.createElement("div"), root = host.attachShadow({ mode: "open" });
  const onPage = new CSSStyleSheet(), sheet = new CSSStyleSheet();
  const place = "mati-marks " + location.pathname;
  let at = -1, shown = "", pinned = false;

  sheet.replaceSync(looks);
  root.adoptedStyleSheets = [sheet];
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, onPage];

  // the page itself: kinds of lines tell the states apart, also where colours do not; the colours
  // are those of the legend, and the line between them and the words keeps both apart
  const lines = { missing: "3px solid", outdated: "3px dashed", broken: "5px double", lost: "3px dotted" };
  const light = { missing: "#b3261e", outdated: "#7a5200", broken: "#7627bb", lost: "#7627bb" };
  const dark = { missing: "#ff9b92", outdated: "#f2c25c", broken: "#d5a6ff", lost: "#d5a6ff" };
  function outlined(colours) {
    return todo.map((state) => {
      return `[data-mati-state="${state}"],[data-mati-states~="${state}"]` +
        `{outline:${lines[state]} ${colours[state]}!important;outline-offset:1px;border-radius:2px}`;
    }).join("");
  }
  function top() { return Math.ceil(bar.getBoundingClientRect().height); }
  function dress() {
    const over = told.hidden || told.classList.contains("above");
    const below = over ? 0 : Math.ceil(told.getBoundingClientRect().height);
    onPage.replaceSync(outlined(light) +
      "@media (prefers-color-scheme:dark){" + outlined(dark) + "}" +
      "[data-mati-at]{scroll-margin-block:" + (top() + 24) + "px " + (below + 24) + "px;" +
      "background:#ffe08a!important;color:#1b1b1b!important}" +
      "[data-mati-at]:not([data-mati-text]){outline-width:6px!important}" +
      "[data-mati-seen]{display:revert!important;visibility:visible!important}" +
      "html{--mati-below:" + below + "px;--mati-room:45vh}" +
      "@media (max-width:40rem){html{--mati-list:" + (told.hidden ? "visible" : "hidden") + "}}" +
      "body{padding-block-start:" + top() + "px!important}");
    box.style.setProperty("--top", top() + "px");
  }

  // where a text stands: by itself first, then elements that show it in an attribute
  function carried(one) {
    return (one.dataset.matiAttributes || "").split(" ").filter(Boolean).map((pair) => pair.split(":"));
  }
  function seen(one) {
    return carried(one).filter(([name]) => !name.startsWith("data-")).map((pair) => pair[1]);
  }
  function places(number) {
    return [
      ...document.querySelectorAll(`[data-mati-text="${number}"]`),
      ...[...document.querySelectorAll("[data-mati-attributes]")].filter((one) => seen(one).includes(number))
    ];
  }
  function order() {
    const met = [];
    document.querySelectorAll("[data-mati-text],[data-mati-attributes]").forEach((one) => {
      const own = one.dataset.matiText ? [one.dataset.matiText] : [];
      met.push(...own, ...carried(one).map((pair) => pair[1]));
    });
    const left = [...met, ...Object.keys(texts)].filter((number) => {
      return texts[number] && todo.includes(texts[number].state);
    });
    return [...new Set(left)];
  }
  const left = order();

  function add(parent, name, text, kind) {
    const element = document.createElement(name);
    if (text) { element.textContent = text; }
    if (kind) { element.className = kind; }
    parent.appendChild(element);
    return element;
  }
  function button(parent, text, act) {
    const made = add(parent, "button", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  const box = add(root, "section"), bar = add(box, "div", "", "bar"), counts = add(bar, "p", "", "counts");
  const ways = add(bar, "div", "", "ways"), told = add(box, "div", "", "told");
  box.lang = words.language;
  box.dir = words.direction;
  box.setAttribute("aria-label", words.title);
  told.hidden = true;
  told.setAttribute("aria-live", "polite");
  todo.forEach((state) => {
    const many = left.filter((number) => texts[number].state === state).length;
    if (many) {
      const count = add(counts, "span", "", state);
      add(count, "span", "", "key");
      count.append(words[state] + " ");
      add(count, "b", String(many));
    }
  });
  if (!left.length) { counts.textContent = words.all; }
  const back = button(ways, "◂", () => { step(-1); }), next = button(ways, "", () => { step(1); });
  add(back, "span", words.back);
  add(next, "span", words.next);
  next.append("▸");
  [[back, words.back, "Shift+F8"], [next, words.next, "F8"]].forEach(([one, name, key]) => {
    one.setAttribute("aria-label", name);
    one.setAttribute("aria-keyshortcuts", key);
    one.title = key;
  });
  back.hidden = next.hidden = !left.length;
  const overview = add(ways, "a", words.status), off = add(ways, "a", words.off);
  overview.href = "/mati-preview/translations/";
  off.href = "/mati-preview/marks?on=0&to=" + encodeURIComponent(location.pathname);

  function spoken(name) {
    if (name.startsWith("data-")) { return words.script; }
    return words[name === "title" ? "title-of" : name] || name;
  }
  function kinds(number) { // nothing where the words stand on the page themselves
    const found = [];
    if (document.querySelector(`[data-mati-text="${number}"]`)) { return ""; }
    document.querySelectorAll("[data-mati-attributes]").forEach((one) => {
      carried(one).forEach(([name, of]) => {
        if (of === number) { found.push(spoken(name)); }
      });
    });
    return [...new Set(found)].join(", ");
  }
  function row(list, name, text, language, other, kind) {
    if (!text) { return; }
    add(list, "dt", name);
    const value = add(list, "dd"), [before, changed, after] = apart(text, other, language);
    value.append(before);
    if (changed) { add(value, kind, changed); }
    value.append(after);
    value.dir = "auto";
    if (language) { value.lang = language; }
  }
  // what two wordings have in common at their beginning and end, and what differs between
  function pieces(text, language) {
    return Intl.Segmenter
      ? [...new Intl.Segmenter(language || undefined, { granularity: "word" }).segment(text)].map((one) => one.segment)
      : text.split(/(\s+)/);
  }
  function apart(text, other, language) {
    if (!other) { return [text, "", ""]; }
    const a = pieces(text, language), b = pieces(other, language), short = Math.min(a.length, b.length);
    let from = 0, to = 0;
    while (from < short && a[from] === b[from]) { from += 1; }
    while (to < short - from && a[a.length - 1 - to] === b[b.length - 1 - to]) { to += 1; }
    return [a.slice(0, from), a.slice(from, a.length - to), a.slice(a.length - to)].map((one) => one.join(""));
  }
  function tell(number) {
    const one = texts[number];
    if (!one || shown === number) { return; }
    shown = number;
    told.textContent = "";
    told.hidden = false;
    const head = add(told, "div", "", "head"), name = add(head, "h2", "", one.state), list = add(told, "dl");
    add(name, "span", "", "key");
    const where = kinds(number), which = left.indexOf(number);
    const of = which < 0 ? "" : words.at.replace("{number}", which + 1).replace("{count}", left.length);
    add(name, "span", [words[one.state], where, of].filter(Boolean).join(" · "));
    const close = button(head, "✕", hush);
    close.setAttribute("aria-label", words.close);
    row(list, words.before, one.before, one.in, one.source, "del");
    row(list, words.original, one.source, one.in, one.before, "ins");
    row(list, words.written, one.string, one.language);
    (one.why || []).forEach(([message, hint]) => {
      const why = add(told, "p", message, "why");
      if (hint) { add(why, "span", "→ " + hint); }
    });
    if (one.path) {
      const line = add(told, "div", "", "place");
      told.insertBefore(line, list);
      const named = one.path + (one.line ? ":" + one.line : "");
      const link = add(line, "a");
      link.href = "/mati-preview/file/" + one.path + "#L" + (one.line || 1);
      link.target = "mati-file";
      add(link, "code", named);
      const copy = button(line, words.copy, () => {
        navigator.clipboard.writeText(named).then(() => { copy.textContent = words.copied; }, () => {});
      });
      if (one.editor) { add(line, "a", words.edit).href = one.editor; }
      if (one.context) { add(line, "code", one.context); }
      if (!one.line) { add(told, "p", words.absent); }
    }
    dress();
  }
  function hush() {
    shown = "";
    pinned = false;
    told.hidden = true;
    point("");
    dress();
  }
  // never over the words it tells of: below them all, or else above
  function clear(element) {
    told.classList.remove("above");
    const words = element && element.getBoundingClientRect(), ours = told.getBoundingClientRect();
    told.classList.toggle("above", Boolean(words) && words.bottom > ours.top && words.top > top() + ours.height);
    dress();
  }

  function point(number) {
    document.querySelectorAll("[data-mati-at]").forEach((one) => { one.removeAttribute("data-mati-at"); });
    const found = number ? places(number) : [];
    found.forEach((one) => { one.setAttribute("data-mati-at", ""); });
    return found.find((one) => one.checkVisibility()) || found[0];
  }
  function reveal(place) {
    for (let part = place; part && part !== document.body; part = part.parentElement) {
      if (part.tagName === "DETAILS") { part.open = true; }
      if (getComputedStyle(part).display === "none") { part.setAttribute("data-mati-seen", ""); }
    }
    place.scrollIntoView({ block: "nearest" });
  }
  function step(way) {
    if (!left.length) { return; }
    at = at < 0 && way < 0 ? left.length - 1 : (at + way + left.length) % left.length;
    pinned = true;
    remember();
    tell(left[at]);
    told.classList.remove("above");
    const there = point(left[at]);
    if (there && !there.closest("head")) { reveal(there); }
  }
  // a save loads the page anew: the walk goes on where it was, not from the beginning
  function remember() {
    try {
      sessionStorage.setItem(place, String(at));
    } catch { /* then it begins again */ }
  }
  try {
    const before = performance.getEntriesByType("navigation")[0].type === "reload";
    if (before && sessionStorage.getItem(place)) { at = Number(sessionStorage.getItem(place)) - 1; }
  } catch { /* then it begins again */ }

  // hovering, focus and touch tell of the text under them
  function under(event) {
    for (const part of event.composedPath()) {
      if (!(part instanceof Element) || part === host || part.matches("form,main,body,html")) { continue; }
      const found = [part.dataset.matiText, ...seen(part)].filter((number) => texts[number]);
      if (found.length) {
        return [found.find((number) => todo.includes(texts[number].state)) || found[0], part];
      }
    }
    return ["", null];
  }
  function within(event) {
    const element = event.target instanceof Element ? event.target : null;
    const label = element && element.labels && element.labels[0];
    const inside = (label || element || document.body).querySelector("[data-mati-text]");
    if (label && inside) { return [inside.dataset.matiText, element]; }
    const found = under(event);
    return found[0] || !inside || element === document.body ? found : [inside.dataset.matiText, element];
  }
  function follow([number, element]) {
    if (!number) { return; }
    pinned = false;
    tell(number);
    clear(element);
  }
  document.addEventListener("mouseover", (event) => {
    if (!pinned) { follow(under(event)); }
  });
  document.addEventListener("focusin", (event) => {
    if (event.target === host) { return; }
    pinned = false;
    follow(within(event));
  });
  document.addEventListener("click", (event) => {
    if (event.target !== host) { follow(under(event)); }
  }, true);
  addEventListener("keydown", (event) => {
    if (event.key === "F8") {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape" && !told.hidden) {
      hush();
    }
  });
  addEventListener("resize", dress);
  document.documentElement.appendChild(host);
  dress();
}());
