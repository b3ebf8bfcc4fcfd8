// One message as an element: who, when, what, and for one's own what became of it.
import { elements, make } from "./blocks.js";
import { filesElement } from "./files.js";
import { agency, language, say, time } from "./words.js";

/** The element of a line the server gave. */
export function lineElement(line) {
  const element = frame(line.author, new Date(line.at), line.name);
  element.dataset.seq = line.seq;
  // An empty `lang` says that it is unknown, and so stops the page's language from being assumed.
  element.querySelector(".words").lang = line.language;
  const blocks = line.files?.length
    ? [filesElement(line.files)]
    : elements(line, line.author !== "prospect");
  element.querySelector(".words").append(...blocks);
  return element;
}

/** The element of a message that is still on its way. */
export function pendingElement(item) {
  const element = frame("prospect", new Date(item.at), null);
  element.classList.add("pending");
  element.dataset.id = item.id;
  const words = element.querySelector(".words");
  words.lang = "";
  words.append(item.files ? filesElement(item.files) : make("p", "", item.text));
  return element;
}

/** A message that was on its way has become a line. */
export function settle(element, line) {
  element.classList.remove("pending");
  element.dataset.seq = line.seq;
  element.at = new Date(line.at);
  element.querySelector(".words").lang = line.language;
  return element;
}

/** The line has other words than when it came, and says so. */
export function reword(element, line) {
  const words = element.querySelector(".words");
  words.lang = line.language;
  words.replaceChildren(...elements(line, true));
  element.dataset.edited = "1";
  label(element);
}

function frame(author, at, name) {
  const element = make("article", `line ${author}`);
  element.dataset.author = author;
  element.dataset.name = name ?? "";
  element.at = at;
  const words = make("div", "words");
  words.dir = "auto";
  element.append(make("p", "byline"), words);
  label(element);
  return element;
}

/** Write, or after a change of language write again, who and when. */
export function label(element) {
  const { author, name } = element.dataset;
  const byline = element.querySelector(".byline");
  byline.replaceChildren();
  if (author === "staff") byline.append(avatar(name));
  byline.append(make("b", "", who(author, name)), stamp(element.at));
  if (element.dataset.edited) status(element, say("edited"));
}

function who(author, name) {
  if (author === "staff") return name ? say("staff_of", { name }) : `${say("staff")}, ${agency}`;
  return { prospect: say("you"), bot: say("assistant"), system: "" }[author];
}

function avatar(name) {
  const letter = [...(name || say("staff"))][0].toUpperCase();
  const found = make("span", "avatar", letter);
  found.setAttribute("aria-hidden", "true");
  return found;
}

function stamp(at) {
  const found = make("time", "", time(at));
  found.dateTime = at.toISOString();
  return found;
}

/** Say under one's own message what became of it: nothing, a word, or why it failed and a way out. */
export function status(element, text, { failed = false, again = null } = {}) {
  element.querySelector(".status")?.remove();
  element.classList.toggle("failed", failed);
  if (!text) return;
  const line = make("p", failed ? "status failed" : "status");
  line.append(make("span", "", text));
  if (again) line.append(againButton(again));
  element.append(line);
}

function againButton(again) {
  const button = make("button", "button again", say("again"));
  button.type = "button";
  button.addEventListener("click", again);
  return button;
}

/** The buttons under a message. */
export function choicesElement(line, onChoose) {
  const group = make("div", "choices");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", say("choices"));
  group.lang = line.language || language();
  for (const choice of line.choices) {
    const button = make("button", `choice ${choice.weight}`, choice.label);
    button.type = "button";
    if (choice.payload === "lang:zh") button.lang = "zh";
    if (choice.payload === "lang:en") button.lang = "en";
    // A click without a pointer is one by Enter or Space.
    button.addEventListener("click", (event) => onChoose(choice, event.detail === 0));
    group.append(button);
  }
  return group;
}
