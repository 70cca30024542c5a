(function () {
  "use strict";
  const words = {}, looks = ""; // what the preview puts here: its sentences, its own style
  const own = document.currentScript, mark = own.dataset.mark;
  const alone = document.documentElement.hasAttribute("data-mati-alone");
  const host = document.createElement("div"), root = host.attachShadow({ mode: "open" });
  const onPage = new CSSStyleSheet(), sheet = new CSSStyleSheet();
  const narrow = matchMedia("(max-width: 40rem)");
  let folded = true, room = 0, last = "";

  sheet.replaceSync(looks);
  root.adoptedStyleSheets = [sheet];
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, onPage];

  // what outlives a reload: only in this tab, only where the browser allows it
  function remember(name, value) {
    try {
      sessionStorage.setItem("mati-preview-" + name, JSON.stringify(value));
    } catch { /* then it is forgotten */ }
  }
  function recall(name) {
    try {
      return JSON.parse(sessionStorage.getItem("mati-preview-" + name));
    } catch {
      return null;
    }
  }

  // the page itself: questions with a problem are outlined, and its end stays in sight
  function dress() {
    onPage.replaceSync(
      "[data-mati-problem]{outline:3px solid #c62f27!important;outline-offset:6px;border-radius:4px}" +
      "[data-mati-problem=warning]{outline:3px dashed #b7791f!important}" +
      "[data-mati-shown]{display:block!important;visibility:visible!important}" +
      "[data-mati-problem]:target,[data-mati-shown]{scroll-margin-block-start:24px}" +
      "body{padding-block-end:calc(" + room + "px + var(--mati-room, 0px))!important}");
  }
  function here(address) {
    const target = new URL(address, location.href);
    return target.pathname === location.pathname
      ? document.getElementById(decodeURIComponent(target.hash.slice(1))) : null;
  }
  function outline(problems) {
    document.querySelectorAll("[data-mati-problem]").forEach((one) => {
      one.removeAttribute("data-mati-problem");
    });
    problems.slice().reverse().forEach((one) => {
      const place = one.jump && here(address(one));
      if (place) { place.setAttribute("data-mati-problem", one.severity); }
    });
  }

  // jumping: to the page in the language that is being read
  function address(one) {
    const language = location.pathname.split("/")[1];
    return one.jump[language] || Object.values(one.jump)[0];
  }
  function reveal(place) {
    for (let part = place; part && part !== document.body; part = part.parentElement) {
      if (getComputedStyle(part).display === "none") { part.setAttribute("data-mati-shown", ""); }
    }
    if (!place.hasAttribute("tabindex")) { place.tabIndex = -1; }
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "start" });
  }
  function jump(event, target) {
    const place = here(target);
    if (!place) { return; }
    event.preventDefault();
    history.replaceState(history.state, "", target);
    if (narrow.matches) { fold(true); }
    reveal(place);
  }

  // the list
  function add(parent, name, text) {
    const element = document.createElement(name);
    if (text) { element.textContent = text; }
    parent.appendChild(element);
    return element;
  }
  function entry(list, one) {
    const item = add(list, "li"), place = add(item, "p"), quote = one.quote;
    item.className = one.severity;
    add(place, "strong", words[one.severity]);
    place.append(" ");
    add(place, "code", one.place);
    add(item, "p", one.message);
    if (quote.join("").trim()) {
      const line = add(item, "pre");
      line.append(quote[0]);
      add(line, "mark", quote[1]);
      line.append(quote[2]);
    }
    if (one.hint) { add(item, "p", "→ " + one.hint); }
    if (one.jump) {
      const target = address(one), link = add(add(item, "p"), "a", words.jump);
      link.href = target;
      link.addEventListener("click", (event) => { jump(event, target); });
    }
  }
  function measure() {
    const box = root.querySelector("section");
    room = box && !alone ? Math.ceil(box.getBoundingClientRect().height) + 16 : 0;
    dress();
  }
  function fold(away) {
    const box = root.querySelector("section");
    folded = away && !alone;
    if (!box) { return; }
    box.classList.toggle("folded", folded);
    box.querySelector("ul").hidden = folded;
    box.querySelector("button").setAttribute("aria-expanded", String(!folded));
    measure();
  }
  // errors come first: what is not listed any more is of the last kind that is
  function counted(problems, more) {
    const of = (kind) => problems.filter((one) => one.severity === kind).length;
    return ["error", "warning"].filter(of).map((kind, at, kinds) => {
      return words[kind + "s"].replace("{count}", of(kind) + (at === kinds.length - 1 ? more : 0));
    }).join(" ");
  }
  function show(found, text) {
    const problems = found.problems, errors = problems.some((one) => one.severity === "error");
    const news = text !== last;
    last = text;
    outline(problems);
    if (!news) { return; }
    root.textContent = "";
    if (!problems.length) {
      host.remove();
      measure();
      return;
    }
    const box = add(root, "section"), bar = add(box, "div"), button = add(bar, "button");
    box.lang = words.language;
    box.dir = words.direction;
    box.setAttribute("aria-label", words.title);
    box.className = (errors ? "" : "mild") + (alone ? " alone" : "");
    bar.className = "bar";
    bar.setAttribute("role", "status");
    button.type = "button";
    button.textContent = (errors ? "✗ " : "! ") + counted(problems, found.more);
    button.addEventListener("click", () => {
      fold(!folded);
      remember("list", { folded, of: last });
    });
    const list = add(box, "ul");
    if (errors && !alone) { add(add(list, "li"), "p", words.stays); }
    problems.forEach((one) => { entry(list, one); });
    if (found.more) { add(add(list, "li"), "p", words.more.replace("{count}", found.more)); }
    document.documentElement.appendChild(host);
    const wish = recall("list");
    fold(wish && (wish.of === text || !wish.folded) ? wish.folded : !errors || narrow.matches);
  }
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !folded && host.isConnected) {
      fold(true);
      remember("list", { folded, of: last });
    }
  });
  addEventListener("resize", measure);

  // what is being typed comes through a reload
  function typed() {
    const kept = [];
    document.querySelectorAll("input[name],select[name],textarea[name]").forEach((one) => {
      const pick = one.type === "radio" || one.type === "checkbox";
      if (/^(hidden|file|password|submit|button|image|reset)$/.test(one.type)) { return; }
      if (pick ? one.checked : one.value) {
        kept.push([one.name, pick ? one.value : null, pick ? "" : one.value]);
      }
    });
    return kept;
  }
  function retype(kept) {
    kept.forEach(([name, value, text]) => {
      const one = [...document.getElementsByName(name)].find((control) => {
        return value === null || control.value === value;
      });
      if (!one || (value === null ? one.value === text : one.checked)) { return; }
      if (value === null) { one.value = text; } else { one.checked = true; }
      one.dispatchEvent(new Event("input", { bubbles: true }));
      one.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  const before = recall("typed");
  remember("typed", null);
  if (before && before.page === location.pathname) { retype(before.kept); }

  const events = new EventSource("/mati-preview/events?page=" + encodeURIComponent(location.pathname));
  let shown = false;
  events.addEventListener("mark", (event) => {
    if (event.data !== mark) {
      events.close();
      remember("typed", { page: location.pathname, kept: typed() });
      location.reload();
    }
  });
  events.addEventListener("problems", (event) => {
    const found = JSON.parse(event.data);
    show(found, event.data);
    if (!shown && location.hash) {
      const wanted = found.problems.find((one) => one.jump && address(one).endsWith(location.hash));
      const place = wanted && here(address(wanted));
      if (place) { reveal(place); }
    }
    shown = true;
  });
  addEventListener("pagehide", () => { events.close(); });
}());
