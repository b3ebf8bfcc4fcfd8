// The head of the page: who speaks, the language switch, and the banner when something is in the way.
import { choose, follow, other, say } from "./words.js";

export class Header {
  #presence = { owner: "bot", person: null };
  #banner = document.getElementById("banner");
  #words = document.getElementById("banner-words");
  #now = document.getElementById("banner-now");
  #switch = document.getElementById("switch");
  #why = null;
  #wake = null;
  #onSwitch;

  constructor({ onSwitch }) {
    this.#onSwitch = onSwitch;
    this.#switch.addEventListener("click", (event) => this.#switched(event));
    this.#now.addEventListener("click", () => this.#wake?.());
  }

  present(presence) {
    const before = this.#presence;
    this.#presence = presence;
    // Only a change of the conversation's language moves the page along.
    if (before.language !== presence.language) follow(presence.language);
    // The line is a live region: what has not changed is not said again.
    if (before.owner !== presence.owner || before.person !== presence.person) this.translate();
  }

  offline() {
    this.#tell("offline");
  }

  online() {
    if (this.#why === "offline") this.found();
  }

  lost() {
    if (this.#why !== "offline") this.#tell("lost");
  }

  unreachable(words) {
    this.#tell(navigator.onLine ? "unreachable" : "offline", words);
  }

  /** The visitor's token does not come back, so there is nobody to talk to. */
  needsCookies() {
    this.#tell("no_cookies");
    this.#now.hidden = true;
  }

  found() {
    this.#why = null;
    this.#banner.hidden = true;
    this.#now.hidden = true;
  }

  /** Wait, unless the visitor does not want to. */
  pause(milliseconds) {
    this.#now.hidden = false;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #tell(why, words = null) {
    this.#why = why;
    this.#words.textContent = words ?? say(why);
    this.#banner.hidden = false;
  }

  /** Write everything in the page's language. */
  translate() {
    const { owner, person } = this.#presence;
    const line = document.getElementById("presence");
    line.dataset.owner = owner;
    const name = person ?? say("presence_nobody");
    document.getElementById("presence-words").textContent = say(`presence_${owner}`, { name });
    const to = other();
    this.#switch.textContent = say("switch");
    this.#switch.lang = to;
    this.#switch.hreflang = to;
    this.#switch.href = `?lang=${to}`;
    this.#switch.setAttribute("aria-label", say("switch_label"));
    if (this.#why) this.#words.textContent = say(this.#why);
    document.title = say("title");
  }

  #switched(event) {
    event.preventDefault();
    const [words, to] = [say("switch_says"), other()];
    choose(to);
    this.#onSwitch(words, `lang:${to}`);
  }
}
