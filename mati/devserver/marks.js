(function () {
  "use strict";
  const words = {}, looks = ""; // what the preview puts here: its sentences, its own style
  const texts = JSON.parse(document.getElementById("mati-texts").textContent);
  const todo = ["missing", "outdated", "broken", "lost"], states = [...todo, "good", "source"];
  const host = document.createElement("div"), root = host.attachShadow({ mode: "open" });
  const onPage = new CSSStyleSheet(), sheet = new CSSStyleSheet();
  let at = -1, shown = "", pinned = false;

  sheet.replaceSync(looks);
  root.adoptedStyleSheets = [sheet];
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, onPage];

  // the page itself: kinds of lines tell the states apart, also where colours do not
  const lines = { missing: "3px solid #d0413a", outdated: "3px dashed #a87400", broken: "5px double #9355d6", lost: "3px dotted #9355d6" };
  function dress(room) {
    const rules = todo.map((state) => {
      return `[data-mati-state="${state}"],[data-mati-states~="${state}"]{outline:${lines[state]}!important;` +
        "outline-offset:1px;border-radius:2px}";
    });
    onPage.replaceSync(rules.join("") +
      "[data-mati-at]{scroll-margin-block-start:" + (box.getBoundingClientRect().height + 24) + "px}" +
      "[data-mati-at]{background:#ffe08a!important;color:#1b1b1b!important}" +
      "[data-mati-at]:not([data-mati-text]){outline-width:6px!important}" +
      "[data-mati-seen]{display:revert!important;visibility:visible!important}" +
      "body{padding-block-start:" + room + "px!important}");
  }

  // where a text stands: spans first, then elements that carry it in an attribute
  function places(number) {
    return [
      ...document.querySelectorAll(`[data-mati-text="${number}"]`),
      ...[...document.querySelectorAll("[data-mati-attributes]")].filter((one) => {
        return one.dataset.matiAttributes.split(" ").some((pair) => pair.split(":")[1] === number);
      })
    ];
  }
  function order() {
    const met = [];
    document.querySelectorAll("[data-mati-text],[data-mati-attributes]").forEach((one) => {
      const own = one.dataset.matiText ? [one.dataset.matiText] : [];
      const carried = (one.dataset.matiAttributes || "").split(" ").map((pair) => pair.split(":")[1]);
      met.push(...own, ...carried);
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
  box.setAttribute("aria-label", words.title);
  told.hidden = true;
  told.setAttribute("aria-live", "polite");
  todo.forEach((state) => {
    const many = left.filter((number) => texts[number].state === state).length;
    if (many) {
      const count = add(counts, "span", "", state);
      add(count, "span", "", "key");
      count.append(words[state] + ": " + many);
    }
  });
  if (!left.length) { counts.textContent = words.all; }
  const back = button(ways, "◂ " + words.back, () => { step(-1); });
  const next = button(ways, words.next + " ▸", () => { step(1); });
  back.hidden = next.hidden = !left.length;
  const overview = add(ways, "a", words.status), off = add(ways, "a", words.off);
  overview.href = "/mati-preview/translations/";
  off.href = "/mati-preview/marks?on=0&to=" + encodeURIComponent(location.pathname);

  function spoken(name) {
    if (name.startsWith("data-")) { return words.script; }
    return words[name === "title" ? "title-of" : name] || name;
  }
  function kinds(number) {
    const found = [];
    document.querySelectorAll("[data-mati-attributes]").forEach((one) => {
      one.dataset.matiAttributes.split(" ").forEach((pair) => {
        const [name, of] = pair.split(":");
        if (of === number) { found.push(spoken(name)); }
      });
    });
    return [...new Set(found)].join(", ");
  }
  function row(list, name, text, language, kind) {
    if (!text) { return; }
    add(list, "dt", name);
    const value = add(list, "dd", text, kind);
    value.dir = "auto";
    if (language) { value.lang = language; }
  }
  function tell(number) {
    const one = texts[number];
    if (!one || shown === number) { return; }
    shown = number;
    told.textContent = "";
    told.hidden = false;
    box.className = "open";
    const head = add(told, "h2", "", one.state), list = add(told, "dl");
    add(head, "span", "", "key");
    head.append(words[one.state]);
    const where = kinds(number), place = left.indexOf(number);
    if (where) { head.append(" · " + where); }
    if (place >= 0) {
      const of = words.at.replace("{number}", place + 1).replace("{count}", left.length);
      head.append(" · " + of);
    }
    const close = button(head, "✕", hush);
    close.className = "close";
    close.setAttribute("aria-label", words.close);
    row(list, words.before, one.before, "", "before");
    row(list, words.original, one.source);
    row(list, words.written, one.string, one.language);
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
    measure();
  }
  function hush() {
    shown = "";
    pinned = false;
    told.hidden = true;
    box.className = "";
    point("");
    measure();
  }
  function measure() {
    dress(told.hidden ? Math.ceil(box.getBoundingClientRect().height) : room);
    if (told.hidden) { room = Math.ceil(box.getBoundingClientRect().height); }
  }
  let room = 0;

  function point(number) {
    document.querySelectorAll("[data-mati-at]").forEach((one) => { one.removeAttribute("data-mati-at"); });
    const found = number ? places(number) : [];
    found.forEach((one) => { one.setAttribute("data-mati-at", ""); });
    return found[0];
  }
  function reveal(place) {
    for (let part = place; part && part !== document.body; part = part.parentElement) {
      if (part.tagName === "DETAILS") { part.open = true; }
      if (getComputedStyle(part).display === "none") { part.setAttribute("data-mati-seen", ""); }
    }
    place.scrollIntoView({ block: "start" });
  }
  function step(way) {
    if (!left.length) { return; }
    at = at < 0 && way < 0 ? left.length - 1 : (at + way + left.length) % left.length;
    pinned = true;
    tell(left[at]);
    const place = point(left[at]);
    if (place && !place.closest("head")) { reveal(place); }
  }

  // hovering, focus and touch tell of the text under them
  function under(event) {
    for (const part of event.composedPath()) {
      if (!(part instanceof Element) || part === host || part.matches("form,main,body,html")) { continue; }
      const carried = (part.dataset.matiAttributes || "").split(" ").map((pair) => pair.split(":")[1]);
      const found = [part.dataset.matiText, ...carried].filter((number) => texts[number]);
      if (found.length) {
        return found.find((number) => todo.includes(texts[number].state)) || found[0];
      }
    }
    return "";
  }
  function within(event) {
    const element = event.target instanceof Element ? event.target : null;
    const label = element && element.labels && element.labels[0];
    const inside = (label || element || document.body).querySelector("[data-mati-text]");
    return (label && inside && inside.dataset.matiText) || under(event) ||
      (element && element !== document.body && inside ? inside.dataset.matiText : "");
  }
  document.addEventListener("mouseover", (event) => {
    const number = under(event);
    if (number && !pinned) { tell(number); }
  });
  document.addEventListener("focusin", (event) => {
    if (event.target === host) { return; }
    const number = within(event);
    pinned = false;
    if (number) { tell(number); }
  });
  document.addEventListener("click", (event) => {
    const number = event.target === host ? "" : under(event);
    if (number) {
      pinned = false;
      tell(number);
    }
  }, true);
  addEventListener("keydown", (event) => {
    if (event.key === "F8") {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape" && !told.hidden) {
      hush();
    }
  });
  addEventListener("resize", () => { if (told.hidden) { measure(); } });
  document.documentElement.appendChild(host);
  measure();
}());
