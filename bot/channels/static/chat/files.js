// Files as they stand in a message and above the box: a mark of the kind, the name, the size.
import { make } from "./blocks.js";

const KB = 1024;
const MB = KB * KB;

/** The files of a message. */
export function filesElement(files) {
  const found = make("ul", "files");
  for (const file of files) {
    const item = make("li");
    item.append(...fileParts(file));
    found.append(item);
  }
  return found;
}

/** Mark, name and size of one file. */
export function fileParts({ name, kind, size }) {
  const mark = make("span", "file-kind", (kind ?? ending(name)).slice(0, 4).toUpperCase());
  mark.setAttribute("aria-hidden", "true");
  const words = make("span", "file-name", name);
  words.dir = "auto";
  return [mark, words, make("span", "file-size", sizeWords(size))];
}

export function sizeWords(size) {
  const tenths = size < 10 * MB ? 1 : 0;
  return size >= MB ? `${(size / MB).toFixed(tenths)} MB` : `${Math.max(1, Math.round(size / KB))} KB`;
}

function ending(name) {
  return name.includes(".") ? name.split(".").pop() : "?";
}
