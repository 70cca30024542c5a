// what is typed outlives a reload, but for private answers; all of it goes along to another
// language. Where the browser keeps nothing, or something odd, the form is simply empty.
const key = "mati/" + own("mati_survey").value;
const place = told.save || "session";
const keeps = told.save && !asked.has("kiosk");
const read = (place, key) => {
  try {
    return JSON.parse(window[place + "Storage"][key]);
  } catch {}
};
const write = (place, key, value) => {
  try {
    if (value) window[place + "Storage"][key] = JSON.stringify(value);
    else delete window[place + "Storage"][key];
  } catch {}
};
const resume = (pairs) => {
  try {
    for (const control of all("[name]")) {
      const values = pairs.filter((pair) => pair[0] == control.name).map((pair) => pair[1]);
      if (/radio|box/.test(control.type)) control.checked = values.includes(control.value);
      else if (values[0] && control.matches(".t,.k")) control.value = values[0];
    }
    return true;
  } catch {}
};
const [kept] = all(".kept");
if (resume(read(place, key))) kept.hidden = false;
all("button", kept)[0].onclick = () => {
  write(place, key);
  location.replace(location.pathname + location.search);
};
tasks.push(() => {
  const given = all(":checked,.t").some((control) => control.value.trim());
  const pairs = [...new FormData(form)].filter((pair) => !told.mute.split(" ").includes(pair[0].split(/[.]|__|--/)[0]));
  write(place, key, keeps && given && pairs);
});
for (const link of all("header a", document)) link.onclick = () => {
  link.search = location.search;
  link.hash = location.hash;
  write(place, key, [...new FormData(form)]);
};
send = () => write(place, key);
