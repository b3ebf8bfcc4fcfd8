// Messages that are not stored yet. They survive a reload, each with its id, so none arrives twice.
const NAME = "tidewaiter.outbox";
const KEEP = 24 * 3600 * 1000;

export class Outbox {
  constructor() {
    this.items = load();
  }

  /** `files`: what makes up the message instead of its text, which then only names them. */
  add(text, choice, files = undefined) {
    const item = { id: newId(), text, choice, files, at: Date.now() };
    this.items.push(item);
    this.#save();
    return item;
  }

  remove(item) {
    this.items = this.items.filter((kept) => kept.id !== item.id);
    this.#save();
  }

  /** Those the transcript has did arrive: only the answer got lost. */
  forget(known) {
    this.items = this.items.filter((item) => !known.has(item.id));
    this.#save();
  }

  #save() {
    const items = this.items.map(({ id, text, choice, files, at }) => ({ id, text, choice, files, at }));
    keep(NAME, items.length ? JSON.stringify(items) : null);
  }
}

function load() {
  try {
    const items = JSON.parse(kept(NAME) ?? "[]");
    return items.filter((item) => item.id && item.text && Date.now() - item.at < KEEP);
  } catch {
    return [];
  }
}

/** A UUID. `randomUUID` is there only with TLS or on localhost. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Local storage may be forbidden; then things are forgotten with the page. */
export function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function keep(name, text) {
  try {
    if (text) localStorage.setItem(name, text);
    else localStorage.removeItem(name);
  } catch {
    // Nothing to be done, and nothing is lost while the page is open.
  }
}
