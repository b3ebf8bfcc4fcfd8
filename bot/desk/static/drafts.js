// What is written but not sent outlives a reload and a sign-in, in this tab only.
const PREFIX = "draft ";
const known = new WeakSet();

export function keepDrafts() {
  for (const text of document.querySelectorAll("textarea[data-draft]")) {
    if (known.has(text)) continue;
    known.add(text);
    restore(text);
    text.addEventListener("input", () => (text.value ? keep(text) : forgetDraft(text)));
  }
}

export function forgetDraft(text) {
  sessionStorage.removeItem(PREFIX + text.dataset.draft);
}

function keep(text) {
  sessionStorage.setItem(PREFIX + text.dataset.draft, text.value);
}

function restore(text) {
  const kept = sessionStorage.getItem(PREFIX + text.dataset.draft);
  if (!kept || text.value) return;
  text.value = kept;
  const box = text.closest("details");
  if (box) box.open = true;
}
