// The words of the page in both languages, as the server gave them.
const data = JSON.parse(document.getElementById("page-data").textContent);
// British English, as the answers themselves write their dates.
const TAGS = { en: "en-GB", zh: "zh-CN" };

let current = data.language;
let chosen = data.chosen;
let told = () => {};

export const agency = data.agency;
export const limit = data.limit;
export const files = data.files;

export function language() {
  return current;
}

export function other() {
  return current === "en" ? "zh" : "en";
}

/** A text with its {names} filled in, in the page's language or the one asked for. */
export function say(name, values = {}, of = current) {
  const filled = { agency, ...values };
  return data.words[of][name].replace(/\{(\w+)\}/g, (_, key) => filled[key] ?? "");
}

/** Be told when the page's language has changed. */
export function onChange(tell) {
  told = tell;
}

/** The conversation goes on in this language: the page follows, unless it was told otherwise. */
export function follow(wished) {
  if (!chosen && wished !== current) change(wished);
}

/** The visitor wants this language. */
export function choose(wished) {
  chosen = true;
  change(wished);
  const address = new URL(location.href);
  address.searchParams.set("lang", wished);
  history.replaceState(null, "", address);
}

function change(wished) {
  current = wished;
  document.documentElement.lang = wished;
  for (const element of document.querySelectorAll("[data-words]")) {
    element.textContent = say(element.dataset.words);
  }
  for (const element of document.querySelectorAll("[data-words-label]")) {
    element.setAttribute("aria-label", say(element.dataset.wordsLabel));
  }
  told();
}

export function time(at, of = current) {
  return at.toLocaleTimeString(TAGS[of], { hour: "2-digit", minute: "2-digit" });
}

/** A day as people say it: today, yesterday, or its date. */
export function day(at) {
  const days = Math.round((midnight(new Date()) - midnight(at)) / 86400000);
  if (days === 0) return say("today");
  if (days === 1) return say("yesterday");
  return at.toLocaleDateString(TAGS[current], { day: "numeric", month: "long", year: "numeric" });
}

/** A date without a time, as in `2026-11-22`, in the language of the text it stands in. */
export function date(text, of) {
  const at = new Date(`${text}T12:00:00`);
  return at.toLocaleDateString(TAGS[of] ?? TAGS.en, { day: "numeric", month: "short", year: "numeric" });
}

function midnight(at) {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
