// Files that are going to be sent: chosen, dropped or pasted, uploaded one after the other, then one message.
import { newId } from "./outbox.js";
import { Tray } from "./tray.js";
import { files as limits, say } from "./words.js";

const MB = 1024 * 1024;

export class Attachments {
  #tray = new Tray({ onRemove: (entry) => this.#remove(entry), onAgain: (entry) => this.#again(entry) });
  #button = document.getElementById("attach");
  #input = document.getElementById("files");
  #entries = [];
  #queue = Promise.resolve();
  #upload;
  #onChange;

  /** `upload(entry, onProgress)` stores one file and gives what the server says of it. */
  constructor({ upload, onChange }) {
    this.#upload = upload;
    this.#onChange = onChange;
    // `click` on the input does nothing in Chromium where the button was pressed by Enter.
    this.#button.addEventListener("click", () => {
      if (this.#input.showPicker) this.#input.showPicker();
      else this.#input.click();
    });
    this.#input.addEventListener("change", () => {
      this.add(this.#input.files);
      this.#input.value = ""; // So that the same file can be chosen again.
    });
  }

  /** Whether something is still on its way up. */
  get busy() {
    return this.#entries.some((entry) => ["waiting", "uploading"].includes(entry.state));
  }

  /** Whether there is, or soon will be, something to send. */
  get some() {
    return this.#entries.some((entry) => entry.state !== "failed");
  }

  add(list) {
    for (const file of list) {
      const entry = { key: newId(), file, name: file.name, size: file.size, state: "waiting" };
      const wrong = this.#refused(file);
      if (wrong) Object.assign(entry, { state: "failed", told: wrong });
      this.#entries.push(entry);
      this.#tray.show(entry);
      if (!wrong) this.#enqueue(entry);
    }
    this.#onChange();
  }

  /** The uploaded files, which are ours no more; what failed stays until it is removed. */
  take() {
    const done = this.#entries.filter((entry) => entry.state === "done");
    this.#entries = this.#entries.filter((entry) => entry.state !== "done");
    done.forEach((entry) => this.#tray.remove(entry));
    this.#onChange();
    // The same content twice is one file.
    return [...new Map(done.map(({ id, name, kind, size }) => [id, { id, name, kind, size }])).values()];
  }

  translate() {
    this.#entries.forEach((entry) => this.#tray.show(entry));
  }

  #refused(file) {
    const going = this.#entries.filter((entry) => entry.state !== "failed").length;
    if (going >= limits.most) return say("file_most", { count: limits.most });
    return file.size > limits.megabytes * MB ? say("file_large", { megabytes: limits.megabytes }) : null;
  }

  /** One at a time: several would only share the line, and progress would crawl. */
  #enqueue(entry) {
    this.#queue = this.#queue.then(() => this.#uploaded(entry));
  }

  async #uploaded(entry) {
    if (entry.state !== "waiting") return;
    this.#change(entry, { state: "uploading", progress: 0, told: "" });
    try {
      const kept = await this.#upload(entry, (progress) => this.#change(entry, { progress }));
      const { id, name, kind, size } = kept;
      this.#change(entry, { state: "done", id, name, kind, size, file: null });
    } catch (fault) {
      const lost = fault.code === "network" || Boolean(fault.wait);
      this.#change(entry, { state: "failed", told: fault.message || say("file_failed"), lost });
    }
    this.#onChange();
  }

  #again(entry) {
    this.#change(entry, { state: "waiting", told: "", lost: false });
    this.#enqueue(entry);
    this.#onChange();
  }

  #remove(entry) {
    this.#entries = this.#entries.filter((kept) => kept !== entry);
    const was = entry.state;
    entry.state = "removed";
    if (was === "uploading") entry.abort?.();
    this.#tray.remove(entry);
    this.#button.focus();
    this.#onChange();
  }

  #change(entry, changes) {
    if (entry.state === "removed") return;
    Object.assign(entry, changes);
    this.#tray.show(entry);
  }
}

/** Take files that are dropped anywhere on the page, or pasted into the box. */
export function welcome(box, onFiles) {
  const sign = document.getElementById("drop");
  const brings = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  let inside = 0;
  const over = (change) => (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    inside = Math.max(0, inside + change);
    sign.hidden = inside === 0;
  };
  addEventListener("dragenter", over(1));
  addEventListener("dragover", over(0));
  addEventListener("dragleave", over(-1));
  addEventListener("drop", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    inside = 0;
    sign.hidden = true;
    onFiles(event.dataTransfer.files);
  });
  box.addEventListener("paste", (event) => {
    const { files, types } = event.clipboardData;
    // Words copied from a text program bring a picture of themselves along.
    if (!files.length || types.includes("text/plain")) return;
    event.preventDefault();
    onFiles(files);
  });
}
