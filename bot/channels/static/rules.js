// The page of rules: search, narrowing, and one language or both. Without this script all of it is there to read.
const root = document.documentElement;
const box = document.getElementById("words");
const kind = document.getElementById("kind");
const found = document.getElementById("found");
const buttons = [...document.querySelectorAll("[data-choose]")];
const plain = (text) => text.normalize("NFKC").toLowerCase();
const rules = [...document.querySelectorAll("article[data-is]")].map((element) => ({
  element,
  is: element.dataset.is.split(" "),
  words: plain([element.id, ...[...element.querySelectorAll(".says, .basis")].map((each) => each.textContent)].join(" ")),
}));

// What stands beside the rules is found too, but is not counted as a rule.
const beside = [...document.querySelectorAll(".beside article")].map((element) => ({
  element,
  words: plain(`${element.id} ${element.textContent}`),
}));

function show(language) {
  root.dataset.show = language;
  if (language !== "both") root.lang = language;
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.choose === language));
  for (const each of document.querySelectorAll("[data-en]")) each.textContent = each.dataset[root.lang];
}

function choose(language) {
  const place = reading();
  show(language);
  if (place) window.scrollBy(0, place.element.getBoundingClientRect().top - place.top);
  // From a file some browsers let no page change its address.
  if (location.protocol === "file:") return;
  const address = new URL(location.href);
  address.searchParams.set("lang", language);
  history.replaceState(null, "", address);
}

/** What stands at the top of the window, so that it stays there when lines grow longer or shorter. */
function reading() {
  if (window.scrollY === 0) return null;
  for (const { element } of rules) {
    const { top, bottom } = element.getBoundingClientRect();
    if (!element.hidden && top + bottom > 0) return { element, top };
  }
  return null;
}

function search() {
  const wanted = plain(box.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const { element, is, words } of rules) {
    const fits = (!kind.value || is.includes(kind.value)) && wanted.every((word) => words.includes(word));
    element.hidden = !fits;
    count += fits;
  }
  for (const { element, words } of beside) {
    element.hidden = Boolean(kind.value) || !wanted.every((word) => words.includes(word));
  }
  for (const chapter of document.querySelectorAll(".chapter, .beside")) {
    chapter.hidden = !chapter.querySelector("article:not([hidden])");
  }
  for (const each of found.children) {
    const text = count ? each.dataset.found : each.dataset.nothing;
    each.textContent = text.replace("{found}", count).replace("{all}", rules.length);
  }
}

/** A link to a rule that the search has hidden ends the search. */
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target?.closest("[hidden]")) return;
  box.value = "";
  kind.value = "";
  search();
  target.scrollIntoView();
}

let waiting = 0;
box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 120);
});
kind.addEventListener("change", search);
window.addEventListener("hashchange", reveal);
for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.choose));
if (window.matchMedia("(max-width: 60rem)").matches) document.getElementById("contents").open = false;
window.addEventListener("beforeprint", () => (document.getElementById("contents").open = true));

const wished = new URLSearchParams(location.search).get("lang");
show(["en", "zh", "both"].includes(wished) ? wished : root.dataset.show);
root.classList.add("scripted");
document.getElementById("controls").hidden = false;
search();
if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
