// The transcript: every line once and in order, one's own unsent messages last, buttons only at the end.
import { make } from "./blocks.js";
import { choicesElement, label, lineElement, pendingElement, reword, settle, status } from "./line.js";
import { Scroll } from "./scroll.js";
import { day, say } from "./words.js";

const SLOW = 600; // Milliseconds until a message on its way is said to be.
const GROUP = 5 * 60 * 1000; // Lines of one author within this time stand under one name.

export class Transcript {
  #log = document.getElementById("log");
  #scroll = new Scroll(this.#log);
  #lines = new Map();
  #elements = new Map();
  #pending = new Map();
  #choices = null;
  #typing = null;
  #botSpeaks = true;
  #sent = null;
  #handlers;

  constructor(handlers) {
    this.#handlers = handlers;
  }

  /** The number of the latest line there is. */
  get last() {
    return Math.max(0, ...this.#lines.keys());
  }

  /** The ids of one's own messages that have arrived. */
  get known() {
    return new Set([...this.#lines.values()].map((line) => line.message_id).filter(Boolean));
  }

  /** Begin with an empty page. */
  begin() {
    this.#log.setAttribute("aria-live", "off");
    this.#log.setAttribute("aria-busy", "true");
    this.#log.replaceChildren();
    for (const map of [this.#lines, this.#elements, this.#pending]) map.clear();
    this.#choices = this.#typing = this.#sent = null;
  }

  /** Show lines that are not shown yet. `reading`: whether a screen reader should speak them. */
  show(lines, { reading = true } = {}) {
    const fresh = lines.filter((line) => !this.#lines.has(line.seq));
    if (fresh.length) {
      const first = this.#scroll.around(() => {
        const elements = fresh.map((line) => (line.of ? this.#reword(line) : this.#add(line)));
        this.#arrange();
        return reading ? this.#firstOfOthers(elements) : null;
      });
      if (reading) this.#scroll.announce(first);
    }
    if (!reading) requestAnimationFrame(() => this.#ready());
  }

  pend(item) {
    if (this.#pending.has(item.id) || this.known.has(item.id)) return;
    const element = pendingElement(item);
    this.#pending.set(item.id, element);
    this.#log.append(element);
    this.#arrange();
    this.#scroll.asked();
  }

  /** On its way. A message that arrives at once needs no word, which would come and go. */
  sending(item) {
    const element = this.#pending.get(item.id);
    if (!element) return;
    status(element, navigator.onLine ? "" : say("waiting"));
    setTimeout(() => {
      const still = item.sending && this.#pending.get(item.id) === element;
      if (still) this.#scroll.around(() => status(element, say("sending")));
    }, SLOW);
    this.#scroll.toEnd();
  }

  /** Stored; the word stays until something follows. */
  accepted(item, seq) {
    // Only if its line did not come, as where somebody else's id was used, is it still pending.
    this.#pending.get(item.id)?.remove();
    this.#pending.delete(item.id);
    const element = this.#elements.get(seq);
    if (!element || seq !== this.last) return;
    this.#sent = element;
    this.#scroll.around(() => status(element, say("sent")));
  }

  fail(item, fault) {
    const element = this.#pending.get(item.id);
    if (!element) return;
    const offline = !navigator.onLine && fault?.code === "network";
    const text = offline ? say("waiting") : [say("failed"), fault?.message].filter(Boolean).join(" ");
    const again = offline ? null : () => this.#handlers.onRetry(item);
    this.#scroll.around(() => status(element, text, { failed: !offline, again }));
  }

  /** Show or take away the sign that an answer is being made. */
  typing(wanted) {
    if (wanted === Boolean(this.#typing)) return;
    this.#scroll.around(() => {
      this.#typing?.remove();
      this.#typing = wanted ? typingElement() : null;
      if (this.#typing) this.#log.append(this.#typing);
    });
  }

  /** Whether buttons count: while a person speaks there are none. */
  live(wanted) {
    if (wanted === this.#botSpeaks) return;
    this.#botSpeaks = wanted;
    this.#scroll.around(() => this.#arrange());
  }

  /** The page's language changed. */
  translate() {
    for (const element of this.#log.querySelectorAll(".line")) label(element);
    this.#arrange();
  }

  #ready() {
    this.#log.setAttribute("aria-busy", "false");
    this.#log.setAttribute("aria-live", "polite");
    // Who is new begins to read at the greeting, who comes back where the talk had got to.
    if (this.#elements.size + this.#pending.size > 1) this.#scroll.toEnd("instant");
    else this.#scroll.toStart();
  }

  #add(line) {
    const element = this.#adopted(line) ?? lineElement(line);
    this.#lines.set(line.seq, line);
    this.#elements.set(line.seq, element);
    const later = [...this.#elements.keys()].filter((seq) => seq > line.seq);
    const next = later.length ? this.#elements.get(Math.min(...later)) : this.#firstPending();
    // What stands right already stays: moved, it would be read aloud a second time.
    if (!element.isConnected || element.nextElementSibling !== next) this.#log.insertBefore(element, next);
    return element;
  }

  /** An earlier line has other words now; it stays where it is. */
  #reword(line) {
    this.#lines.set(line.seq, line);
    const element = this.#elements.get(line.of);
    if (element) reword(element, line);
    return element ?? null;
  }

  /** One's own message, which stands there already. */
  #adopted(line) {
    const element = this.#pending.get(line.message_id);
    if (!element) return null;
    this.#pending.delete(line.message_id);
    status(element, null);
    return settle(element, line);
  }

  #firstPending() {
    return this.#pending.values().next().value ?? this.#typing ?? null;
  }

  #firstOfOthers(elements) {
    return elements.find((element) => element && element.dataset.author !== "prospect") ?? null;
  }

  /** Names over groups, dates over days, buttons under the end. */
  #arrange() {
    this.#log.querySelectorAll(".day").forEach((element) => element.remove());
    let before = null;
    for (const element of this.#log.querySelectorAll(".line")) {
      const first = !before;
      const today = before && before.at.toDateString() === element.at.toDateString();
      if (!today && !(first && isToday(element.at))) {
        this.#log.insertBefore(make("p", "day", day(element.at)), element);
      }
      element.classList.toggle("opens", !today || !sameGroup(before, element));
      before = element;
    }
    this.#offer();
    this.#forgetSent();
  }

  /** Only the last message's buttons are live, and only if nothing of one's own is under way. */
  #offer() {
    const line = this.#lines.get(this.last);
    const wanted = this.#botSpeaks && !this.#pending.size && line?.choices.length ? line : null;
    if (wanted && this.#choices?.dataset.seq === String(wanted.seq)) return;
    this.#choices?.remove();
    this.#choices = wanted && choicesElement(wanted, this.#handlers.onChoose);
    if (!wanted) return;
    this.#choices.dataset.seq = wanted.seq;
    this.#elements.get(wanted.seq).append(this.#choices);
  }

  #forgetSent() {
    if (!this.#sent || this.#sent.dataset.seq === String(this.last)) return;
    status(this.#sent, null);
    this.#sent = null;
  }
}

function sameGroup(before, element) {
  const same = ["author", "name"].every((key) => before.dataset[key] === element.dataset[key]);
  return same && before.dataset.author !== "system" && element.at - before.at < GROUP;
}

function isToday(at) {
  return at.toDateString() === new Date().toDateString();
}

function typingElement() {
  const element = make("div", "typing");
  element.append(make("span", "visually-hidden", say("typing")), make("i"), make("i"), make("i"));
  return element;
}
