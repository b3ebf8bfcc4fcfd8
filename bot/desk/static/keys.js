// The keyboard: single keys where nobody types, Ctrl+Enter and Escape where somebody does.
const OFF = "desk keys off";
const help = document.getElementById("help");
const on = document.getElementById("keys-on");

export function listenToKeys() {
  on.checked = !localStorage.getItem(OFF);
  on.addEventListener("change", () =>
    on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"),
  );
  for (const opener of document.querySelectorAll("[data-opens=help]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => help.showModal());
  }
  document.addEventListener("keydown", pressed);
}

function pressed(event) {
  const typing = event.target.closest?.("input, textarea, select");
  if (typing) return whileTyping(event, typing);
  if (!on.checked || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (event.key === "?") help.showModal();
  else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (!use(event.key)) return;
  event.preventDefault();
}

function whileTyping(event, field) {
  if (event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    field.form?.requestSubmit();
  } else if (event.key === "Escape" && field.matches("textarea")) {
    field.blur();
  }
}

function step(by) {
  const entries = [...document.querySelectorAll("a.entry")];
  if (!entries.length) return;
  const here = entries.findIndex((entry) => entry === document.activeElement);
  const open = entries.findIndex((entry) => entry.hasAttribute("aria-current"));
  const from = here >= 0 ? here : open;
  const next = from < 0 ? (by > 0 ? 0 : entries.length - 1) : from + by;
  entries[Math.max(0, Math.min(entries.length - 1, next))].focus();
}

function use(key) {
  const target = /^[a-z]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
  if (!target) return false;
  if (target.matches("button")) target.click();
  else if (target.matches("summary")) openBox(target.parentElement);
  else target.focus();
  return true;
}

function openBox(box) {
  box.open = true;
  box.querySelector("textarea, select, input:not([type=hidden])").focus();
}
