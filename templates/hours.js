// before it opens, and when it has closed, another page says so
const late = Date.now() >= told.close;
if (late || Date.now() < told.open) location.replace("closed/" + (late ? "" : "#early"));
