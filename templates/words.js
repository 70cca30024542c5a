// words that a link brings stand behind its #, which no server sees, and leave it at once
const clean = (text) => [...(text || "").replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\s]+/gu, " ").trim()].slice(0, 60).join("");
const words = new URLSearchParams(location.hash.slice(1));
if (/=/.test(location.hash)) history.replaceState(null, "", location.pathname + location.search);
