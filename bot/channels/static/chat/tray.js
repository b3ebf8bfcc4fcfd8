// The row above the box: each file with how far it is, why it was not taken, and a way to take it out.
import { make } from "./blocks.js";
import { fileParts } from "./files.js";
import { say } from "./words.js";

export class Tray {
  #list = document.getElementById("tray");
  #status = document.getElementById("tray-status");
  #elements = new Map();
  #handlers;

  constructor(handlers) {
    this.#handlers = handlers;
  }

  /** Show an entry as it stands now. */
  show(entry) {
    const element = this.#elements.get(entry) ?? this.#added(entry);
    // Progress alone moves the bar: the row is not built anew under somebody's finger.
    const bar = element.querySelector("progress");
    if (bar && entry.state === "uploading") {
      bar.value = entry.progress;
      return;
    }
    const held = element.contains(document.activeElement);
    element.className = `tray-file ${entry.state}`;
    element.replaceChildren(...this.#parts(entry));
    if (held) element.querySelector(".tray-remove").focus();
    this.#tell(entry);
  }

  remove(entry) {
    this.#elements.get(entry)?.remove();
    this.#elements.delete(entry);
    this.#list.hidden = this.#elements.size === 0;
    // What was told of a file is not true of one that is gone.
    this.#status.textContent = "";
  }

  #added(entry) {
    const element = make("li");
    this.#elements.set(entry, element);
    this.#list.append(element);
    this.#list.hidden = false;
    requestAnimationFrame(() => element.scrollIntoView({ block: "nearest" }));
    return element;
  }

  #parts(entry) {
    const head = make("div", "tray-head");
    head.append(...fileParts(entry), this.#button("×", say("remove", entry), this.#handlers.onRemove, entry));
    return [head, ...this.#below(entry)];
  }

  #below(entry) {
    if (entry.state === "failed") {
      const line = make("p", "tray-told", entry.told);
      if (entry.lost) line.append(this.#button(say("again"), "", this.#handlers.onAgain, entry));
      return [line];
    }
    if (entry.state === "done") return [];
    const bar = make("progress");
    bar.max = 1;
    bar.value = entry.progress ?? 0;
    bar.setAttribute("aria-label", say("uploading", entry));
    return [bar];
  }

  #button(words, label, act, entry) {
    const button = make("button", words === "×" ? "tray-remove" : "button again", words);
    button.type = "button";
    if (label) button.setAttribute("aria-label", label);
    button.addEventListener("click", () => act(entry));
    return button;
  }

  /** For who cannot see the row. */
  #tell(entry) {
    if (entry.state === "done") this.#status.textContent = say("uploaded", entry);
    if (entry.state === "failed") this.#status.textContent = `${entry.name}: ${entry.told}`;
  }
}
