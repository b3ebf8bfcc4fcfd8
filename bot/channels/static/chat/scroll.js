// Keeps the reader's place: follows the talk at its end, and never pulls away somebody who reads above.
import { say } from "./words.js";

const NEAR = 90;
const MARGIN = 12;
const TURN = 2000; // Milliseconds within which messages that follow each other are one piece of news.

export class Scroll {
  #log;
  #newer = document.getElementById("newer");
  #atEnd = true;
  #top = 0;
  #unseen = 0;
  #first = null;
  #heard = 0;

  constructor(log) {
    this.#log = log;
    log.addEventListener("scroll", () => this.#moved(), { passive: true });
    // A banner, a growing composer or a keyboard take room away.
    new ResizeObserver(() => this.#atEnd && this.toEnd("instant")).observe(log);
    this.#newer.addEventListener("click", () => this.#follow());
    // Sources that are unfolded at the lower edge come into view; `toggle` does not bubble.
    log.addEventListener("toggle", (event) => event.target.scrollIntoView({ block: "nearest" }), true);
    document.addEventListener("visibilitychange", () => this.#count(0));
  }

  /** Do something that changes heights; who was at the end stays there. Returns what it returned. */
  around(change) {
    const followed = this.#atEnd;
    const result = change();
    if (followed) this.toEnd();
    return result;
  }

  /** News of others: show their beginning, or say that there are some further down. */
  announce(element) {
    if (!element) return;
    if (document.hidden) this.#count(this.#unseen + 1);
    const first = this.#begun(element);
    if (!this.#atEnd) this.#newer.hidden = false;
    else if (this.#log.scrollHeight - first.offsetTop > this.#log.clientHeight) this.#toTop(first);
  }

  /** One writes: what comes now is news again, and is followed. */
  asked() {
    this.#first = null;
    this.toEnd();
  }

  toStart() {
    this.#atEnd = false;
    this.#log.scrollTo({ top: 0, behavior: "instant" });
  }

  toEnd(behavior = "smooth") {
    this.#atEnd = true;
    this.#newer.hidden = true;
    this.#log.scrollTo({ top: this.#log.scrollHeight, behavior: this.#calm(behavior) });
  }

  /** Where the news begin: the messages of one turn may come one by one, and are read from the first of them. */
  #begun(element) {
    const now = performance.now();
    if (!this.#first?.isConnected || now - this.#heard > TURN) this.#first = element;
    this.#heard = now;
    return this.#first;
  }

  /** A long answer is read from its top, under the question it answers if that is short. */
  #toTop(element) {
    const asked = element.previousElementSibling;
    const short = asked?.classList.contains("prospect") && asked.offsetHeight < this.#log.clientHeight / 4;
    const top = (short ? asked : element).offsetTop - MARGIN;
    this.#atEnd = false;
    this.#log.scrollTo({ top, behavior: this.#calm("smooth") });
  }

  #calm(behavior) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    return calm ? "instant" : behavior;
  }

  #follow() {
    this.toEnd();
    this.#log.focus({ preventScroll: true });
  }

  /** On the way down we may be far from the end and still going there: only going up leaves it. */
  #moved() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    const up = scrollTop < this.#top;
    this.#top = scrollTop;
    if (scrollHeight - scrollTop - clientHeight < NEAR) {
      this.#atEnd = true;
      this.#newer.hidden = true;
    } else if (up) {
      this.#atEnd = false;
    }
  }

  /** How many lines came while the page was not seen, for the tab's title. */
  #count(unseen) {
    this.#unseen = document.hidden ? unseen : 0;
    const title = say("title");
    document.title = this.#unseen ? say("unread", { count: this.#unseen, title }) : title;
  }
}
