// Keeps the page up to date: a stream while it is seen, a look now and then while it is not.
// A hidden page gives its stream back, because a browser has only six connections to a server.
import * as api from "./api.js";

const BACKOFF = [1000, 2000, 4000, 8000, 15000];
const LOOK = 20000;
const HIDE_AFTER = 30000;
const DOWN_AFTER = 4000; // A restart of the server is over by then and needs no words.

export class Connection {
  #handlers;
  #stream = null;
  #timer = null;
  #hiding = null;
  #down = null;
  #attempt = 0;
  #started = false;

  constructor(handlers) {
    this.#handlers = handlers;
    document.addEventListener("visibilitychange", () => this.#seen(!document.hidden));
  }

  start() {
    this.#started = true;
    this.#connect();
  }

  /** The network is back: do not wait for the next attempt. */
  hurry() {
    if (this.#started && this.#stream?.readyState !== EventSource.OPEN) this.#connect();
  }

  #connect() {
    this.#stop();
    const stream = api.stream(this.#handlers.last());
    this.#stream = stream;
    stream.addEventListener("open", () => this.#up());
    stream.addEventListener("line", (event) => this.#handlers.onLines([JSON.parse(event.data)]));
    stream.addEventListener("presence", (event) => this.#handlers.onPresence(JSON.parse(event.data)));
    stream.addEventListener("error", () => this.#lost(stream));
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.#stream = null;
  }

  #up() {
    this.#attempt = 0;
    clearTimeout(this.#down);
    this.#down = null;
    this.#handlers.onUp();
  }

  /** A browser comes back by itself unless the server answered with an error. */
  #lost(stream) {
    if (stream !== this.#stream) return;
    this.#down ??= setTimeout(() => this.#handlers.onDown(), DOWN_AFTER);
    if (stream.readyState === EventSource.CLOSED) this.#later(() => this.#ask(() => this.#connect()));
  }

  #later(action) {
    const pause = BACKOFF[Math.min(this.#attempt, BACKOFF.length - 1)];
    this.#attempt += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, pause);
  }

  /** Fill the gap by a plain question, which also says why a stream is refused. */
  async #ask(then) {
    try {
      const chat = await api.lines(this.#handlers.last());
      this.#handlers.onLines(chat.lines);
      this.#handlers.onPresence(chat.presence);
      then();
    } catch (fault) {
      if (fault.code === "open_first") this.#handlers.onForgotten();
      else this.#later(() => this.#ask(then));
    }
  }

  #seen(visible) {
    clearTimeout(this.#hiding);
    if (!this.#started) return;
    if (!visible) this.#hiding = setTimeout(() => this.#look(), HIDE_AFTER);
    else if (!this.#stream) this.#connect();
  }

  #look() {
    this.#stop();
    const again = () => {
      if (!this.#stream) this.#timer = setTimeout(() => this.#ask(again), LOOK);
    };
    again();
  }
}
