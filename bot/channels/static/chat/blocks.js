// Makes elements of a message's blocks. Text goes in as text, never as HTML.
import { date, say } from "./words.js";

const ADDRESS = /(https?:\/\/[^\s<>"，。；）)]+[^\s<>"，。；）).,;:!?])/;

/** Elements for the blocks of a line; `links`: whether addresses in it may be followed. */
export function elements(line, links) {
  return line.blocks.map((block) => MAKERS[block.kind](block, line.language, links, line.facts));
}

const MAKERS = {
  text: (block, _, links) => withLinks(make("p"), block.text, links),
  list: (block, _, links) => list(block.items, links, block.ordered),
  table,
  picture,
  paper,
  sources,
};

export function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

function list(items, links, ordered = false) {
  const found = make(ordered ? "ol" : "ul");
  found.append(...items.map((item) => withLinks(make("li"), item, links)));
  return found;
}

function table(block, language) {
  const found = make("table");
  const head = found.createTHead().insertRow();
  for (const cell of block.head) {
    const th = make("th", "", cell);
    th.scope = "col";
    head.append(th);
  }
  const body = found.createTBody();
  for (const cells of block.rows) {
    const row = body.insertRow();
    row.append(...cells.map((cell) => make("td", "", cell)));
  }
  // Wide tables move within themselves, by keyboard too, so the page never scrolls sideways.
  const frame = make("div", "table");
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", say("table", {}, words(language)));
  frame.append(found);
  return frame;
}

/** A procedure at a glance: the top of the picture, which opens whole. It is gone where it cannot be drawn. */
function picture(block) {
  const days = new URLSearchParams(block.days).toString();
  const at = (theme, form) =>
    `/pictures/${block.procedure}/${block.language}/${theme}.${form}${days && `?${days}`}`;
  const dark = make("source");
  dark.media = "(prefers-color-scheme: dark)";
  dark.srcset = at("dark", "svg");
  const light = make("img");
  light.src = at("light", "svg");
  light.alt = "";
  light.loading = "lazy";
  const shown = make("picture");
  shown.append(dark, light);
  const found = link(at("light", "png"));
  found.className = "picture";
  found.textContent = "";
  found.append(shown, make("span", "", block.caption));
  light.addEventListener("error", () => found.remove());
  return found;
}

/** A document to take away. */
function paper(block) {
  const { right, ...rest } = block.wanted;
  const query = new URLSearchParams(rest).toString();
  const found = link(`/papers/${block.paper}/${block.language}/${right}.pdf${query && `?${query}`}`);
  found.className = "paper";
  found.textContent = block.caption;
  return found;
}

function sources(block, language, _, facts) {
  const of = words(language);
  const found = make("details", "sources");
  const head = [say("sources", {}, of), say("as_of", { date: date(block.as_of, of) }, of)];
  found.append(make("summary", "", head.join(of === "zh" ? "，" : ", ")));
  found.append(list(block.citations, false));
  if (facts.length) found.append(rules(facts, of));
  return found;
}

/** Where the rules stand that an answer states. */
function rules(facts, language) {
  const found = make("p", "", `${say("in_full", {}, language)} `);
  facts.forEach((fact, index) => {
    const rule = link(`/rules?lang=${language}#${fact}`);
    rule.textContent = fact;
    found.append(index ? ", " : "", rule);
  });
  return found;
}

function words(language) {
  return language === "zh" ? "zh" : "en";
}

function withLinks(element, text, links) {
  if (!links) {
    element.textContent = text;
    return element;
  }
  text.split(ADDRESS).forEach((piece, index) => {
    element.append(index % 2 ? link(piece) : piece);
  });
  return element;
}

function link(address) {
  const found = make("a", "", address);
  found.href = address;
  found.target = "_blank";
  found.rel = "noopener noreferrer";
  return found;
}
