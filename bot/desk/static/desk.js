// Scripts of the console. Without them every page works by plain links and forms.
import "./zone.js";
import { keepDrafts, forgetDraft } from "./drafts.js";
import { listenToKeys } from "./keys.js";
import { follow } from "./live.js";

const notice = document.getElementById("notice");

function tell(words) {
  notice.textContent = words;
}

function isOurForm(element) {
  return element instanceof HTMLFormElement && element.method === "post";
}

// A refresh that nobody looks at must not count as read.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  // What was refused stands as it was written, through all news, until it is posted again.
  if (isOurForm(ctx.sourceElement)) {
    ctx.sourceElement.closest("[hx-morph-skip]")?.removeAttribute("hx-morph-skip");
  }
  if (document.hidden && ctx.request.method === "GET") ctx.request.headers["X-Desk-Hidden"] = "1";
});

// An answer without our page in it (a proxy's error, a refusal) must not wipe the page out.
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail;
  ctx.posted = isOurForm(ctx.sourceElement) ? ctx.sourceElement : null; // the swap may take it away
  if (tasks.some((task) => task.type === "main" && task.fragment.querySelector("#main"))) return;
  event.preventDefault();
  if (ctx.posted) tell(`That did not work (${ctx.response.status}). Please try again.`);
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  keepDrafts();
  if (!ctx.posted) return;
  tell("");
  if (ctx.response.status < 400) tidyUp(ctx.posted);
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (isOurForm(ctx?.sourceElement)) {
    tell("Not sent: no connection to the server. What you wrote is kept; please try again.");
  }
});

function tidyUp(form) {
  const text = form.querySelector("textarea");
  if (text) {
    forgetDraft(text);
    text.value = "";
  }
  // The pressed button may be gone; whoever took over wants to write next.
  if (document.activeElement === document.body) {
    (document.getElementById("reply") ?? document.getElementById("main")).focus();
  }
}

document.querySelector(".top nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
keepDrafts();
listenToKeys();
follow();
