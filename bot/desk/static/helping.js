// Puts suggested answers and canned replies into the editor, and finds the latter by "/" at its beginning.
const MOST = 6;
let chosen = 0;

const editor = () => document.getElementById("reply");
const list = () => document.getElementById("slash");

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-puts]");
  if (!button || !editor()) return;
  event.preventDefault();
  put(button.dataset.puts, { over: isSearch() });
  button.closest("details")?.removeAttribute("open");
});

document.addEventListener("input", ({ target }) => target.id === "reply" && search());
document.addEventListener("htmx:after:swap", () => editor() && search());
// Before the console's own keys, which send by Ctrl+Enter and leave by Escape.
document.addEventListener("keydown", pressed, true);

function put(text, { over }) {
  const field = editor();
  const before = over ? "" : field.value.trimEnd();
  field.value = before ? `${before}\n\n${text}` : text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

function isSearch() {
  return /^\/[^\n]*$/.test(editor().value) && !list().hidden;
}

function search() {
  const found = /^\/([^\n]*)$/.exec(editor().value);
  const words = found ? found[1].toLowerCase().split(/\s+/).filter(Boolean) : [];
  const fits = found
    ? [...document.querySelectorAll(".canned-reply")]
        .filter((one) => words.every((word) => one.dataset.finds.includes(word)))
        .slice(0, MOST)
    : [];
  chosen = 0;
  list().replaceChildren(...fits.map(entry));
  list().hidden = !fits.length;
  mark();
}

function entry(reply) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.tabIndex = -1;
  button.dataset.puts = reply.dataset.puts;
  button.append(...[...reply.childNodes].map((node) => node.cloneNode(true)));
  item.append(button);
  return item;
}

function mark() {
  [...list().children].forEach((item, place) => {
    item.classList.toggle("chosen", place === chosen);
    if (place === chosen) item.scrollIntoView({ block: "nearest" });
  });
}

function pressed(event) {
  if (event.target.id !== "reply" || list().hidden || event.isComposing) return;
  const count = list().children.length;
  if (event.key === "ArrowDown") chosen = (chosen + 1) % count;
  else if (event.key === "ArrowUp") chosen = (chosen + count - 1) % count;
  else if (event.key === "Enter") put(list().children[chosen].firstChild.dataset.puts, { over: true });
  else if (event.key === "Escape") list().hidden = true;
  else return;
  event.preventDefault();
  event.stopPropagation();
  mark();
}
