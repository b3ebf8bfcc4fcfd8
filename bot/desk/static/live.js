// Follows the desk's stream and asks the page to refresh itself. The stream carries no data.
// A browser has six connections to a server, so of all tabs one holds the stream and tells the others.
const GATHER = 250; // milliseconds in which several changes become one refresh
const AGAIN = 5000; // milliseconds until we ask again where the server said no
const channel = new BroadcastChannel("desk");
const state = document.getElementById("live");
const heard = { changed: refresh, here, ready, lost };

let stream;
let timer = 0;

export function follow() {
  channel.addEventListener("message", ({ data }) => heard[data]?.());
  navigator.locks.request("desk-stream", holdStream);
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

function holdStream() {
  open();
  return new Promise((leave) => addEventListener("pagehide", () => leave(stream.close())));
}

function open() {
  stream = new EventSource("/desk/stream");
  stream.addEventListener("changed", () => say("changed"));
  stream.addEventListener("here", () => say("here"));
  stream.addEventListener("ready", () => say("ready"));
  stream.addEventListener("error", () => {
    say("lost");
    if (stream.readyState === EventSource.CLOSED) setTimeout(open, AGAIN);
  });
}

function say(word) {
  heard[word]();
  channel.postMessage(word);
}

function ready() {
  tell("");
  refresh(); // what changed before was told to nobody
}

function here() {
  document.dispatchEvent(new CustomEvent("desk-here"));
}

function lost() {
  tell("Reconnecting…");
  if (stream?.readyState === EventSource.CLOSED) refresh(); // may lead to the sign-in
}

function refresh() {
  timer ||= setTimeout(() => {
    timer = 0;
    document.body.dispatchEvent(new CustomEvent("desk-changed"));
  }, GATHER); // not put off by what follows: where much happens it would never come
}

function tell(words) {
  state.hidden = !words;
  state.textContent = words;
}
