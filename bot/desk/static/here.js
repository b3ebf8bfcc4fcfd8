// Says that somebody looks at this conversation or types in it, and shows who else does.
// Nothing of what is typed is sent, and nothing is kept: the server forgets it within a minute.
const LOOK = 15000;
const TYPING = 3000;
let typed = 0;
let wrote = false;

const place = () => document.getElementById("here");

async function say(doing) {
  const at = place();
  if (!at) return;
  try {
    const body = new URLSearchParams({ doing });
    const answer = await fetch(at.dataset.address, { method: "POST", body });
    if (answer.ok && !answer.redirected) show(at, await answer.text());
  } catch {
    // The line that says "Reconnecting" is enough.
  }
}

/** Only where it is other than before: it is a live region. */
function show(at, html) {
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  if (at.textContent.trim() !== parsed.textContent.trim()) at.replaceChildren(...parsed.childNodes);
}

function look() {
  if (document.hidden) return;
  say(Date.now() - typed < TYPING * 2 ? "writes" : "looks");
}

document.addEventListener("input", ({ target }) => {
  if (target.id !== "reply" || Date.now() - typed < TYPING) return;
  typed = Date.now();
  wrote = true;
  say("writes");
});

setInterval(() => {
  if (!wrote || Date.now() - typed < TYPING * 2) return;
  wrote = false;
  look();
}, TYPING);
setInterval(look, LOOK);
document.addEventListener("desk-here", look);
document.addEventListener("visibilitychange", () => (document.hidden ? say("leaves") : look()));
addEventListener("pagehide", () => {
  const at = place();
  if (at) navigator.sendBeacon(at.dataset.address, new URLSearchParams({ doing: "leaves" }));
});
look();
