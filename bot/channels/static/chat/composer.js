// Where the visitor writes: grows with the text, keeps a draft, counts near the end, sends by Enter.
import { Attachments, welcome } from "./attachments.js";
import { keep, kept } from "./outbox.js";
import { limit, say } from "./words.js";

const DRAFT = "tidewaiter.draft";
const COUNT_FROM = 0.85;
const TALLEST = 152;

export class Composer {
  #form = document.getElementById("composer");
  #words = document.getElementById("words");
  #send = document.getElementById("send");
  #count = document.getElementById("count");
  #presence = { owner: "bot", person: null };
  #attachments;
  #waits = false;
  #onSend;
  #onFiles;

  constructor({ onSend, onFiles, upload }) {
    this.#onSend = onSend;
    this.#onFiles = onFiles;
    this.#attachments = new Attachments({ upload, onChange: () => this.#attached() });
    welcome(this.#words, (files) => this.#attachments.add(files));
    this.#words.value = kept(DRAFT) ?? "";
    this.#words.addEventListener("input", () => this.#changed());
    this.#words.addEventListener("keydown", (event) => this.#key(event));
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#changed();
  }

  present(presence) {
    this.#presence = presence;
    const name = presence.person ?? say("presence_nobody");
    const person = presence.owner === "person";
    this.#words.placeholder = person ? say("placeholder_person", { name }) : say("placeholder");
  }

  translate() {
    this.present(this.#presence);
    this.#attachments.translate();
    this.#changed();
  }

  /** On a touch screen the keyboard would come up, so there only who uses keys is brought here. */
  focus(byKeyboard) {
    const keys = byKeyboard || matchMedia("(hover: hover) and (pointer: fine)").matches;
    if (keys) this.#words.focus({ preventScroll: true });
  }

  get #text() {
    return this.#words.value.trim();
  }

  get #fits() {
    return (this.#text.length > 0 || this.#attachments.some) && this.#text.length <= limit;
  }

  /** Enter sends; with Shift it makes a line, and while Chinese is being composed it picks a word. */
  #key(event) {
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  #submit(event) {
    event.preventDefault();
    if (!this.#fits) return;
    this.#waits = this.#attachments.busy;
    if (!this.#waits) this.#go();
    this.#changed();
    this.#words.focus({ preventScroll: true });
  }

  /** Files first, then the words that were written about them. */
  #go() {
    const [text, files] = [this.#text, this.#attachments.take()];
    this.#words.value = "";
    if (files.length) this.#onFiles(files);
    if (text) this.#onSend(text);
  }

  /** Something about the files has changed; what was to be sent with them goes when they are up. */
  #attached() {
    if (this.#waits && !this.#attachments.busy) {
      this.#waits = false;
      if (this.#fits) this.#go();
    }
    this.#changed();
  }

  #changed() {
    keep(DRAFT, this.#words.value);
    this.#grow();
    const left = limit - this.#text.length;
    // Not `disabled`: the button would drop the focus and could not be found by a screen reader.
    this.#send.setAttribute("aria-disabled", String(!this.#fits));
    this.#count.classList.toggle("over", left < 0);
    this.#count.textContent = this.#waits ? say("file_first") : this.#counted(left);
  }

  #counted(left) {
    if (left < 0) return say("over", { count: -left });
    return left <= limit * (1 - COUNT_FROM) ? say("left", { count: left }) : "";
  }

  #grow() {
    this.#words.style.height = "auto";
    this.#words.style.height = `${Math.min(this.#words.scrollHeight, TALLEST)}px`;
  }
}
