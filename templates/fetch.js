// what is sent stands in the browser's store until the service has it: a weak line, a closed
// tab or no connection loses nothing, and however many posts of one id are one response
let mine;
let ending = () => "";
const action = new URL(form.getAttribute("action"), location) + "";
const queue = (id, more = []) => {
  const list = [].concat(read("local", "mati"), more).filter((entry) => Array.isArray(entry) && entry[0] != id);
  write("local", "mati", told.save && list[0] && list);
  return list;
};
const post = async (entry, tries) => {
  const [id, url, body] = entry;
  const signal = AbortSignal.timeout && AbortSignal.timeout(3e4);
  const ask = (more) => fetch(url, { ...more, signal: signal }).catch(() => ({}));
  const reply = await ask({ method: "POST", body: new URLSearchParams(body), headers: { Accept: "application/json" } });
  const said = reply.ok ? await reply.json().catch(() => ({})) : { ok: false };
  const later = !reply.status || reply.status == 429 || reply.status > 499;
  // a service that gives no permission to look at its reply can be reached all the same
  const deaf = !reply.status && !(await ask({ mode: "no-cors" })).type;
  if (later && tries && navigator.onLine) return setTimeout(post, 8e3 >> tries, entry, tries - 1);
  // what another survey's service refuses waits until its own page is there to say so
  if (reply.ok || (!later && url == action)) queue(id);
  if (mine != entry) return;
  if (deaf) {
    wait(false);
    all(".sum")[1].hidden = false;
    return setTimeout(post, 5e3, entry, 0);
  }
  if (said.ok == false) return queue(id), HTMLFormElement.prototype.submit.call(form); // in the service's own words
  write(place, key);
  const end = said.ending || ending();
  location.href = told.thanks + (end && "#" + end);
};
send = (event) => {
  event.preventDefault();
  mine = [own("mati_id").value, action, "" + new URLSearchParams(new FormData(form))];
  queue(mine[0]);
  queue(0, [mine]);
  post(mine, 3);
};
for (const entry of queue()) {
  if (entry[1] == action && keeps && resume([...new URLSearchParams(entry[2])])) mine = entry;
  post(entry, 3);
}
