// News for whoever looks elsewhere: a notification of the browser and a soft sound, each only where it was switched on.
// A notification says how many wait or are new, never a word or a name of a prospect.
const ON = { notify: "desk notify on", sound: "desk sound on" };
const switches = { notify: document.getElementById("notify-on"), sound: document.getElementById("sound-on") };
let before = counts();

function counts() {
  const of = (selector) => Number(document.querySelector(selector)?.dataset.count ?? 0);
  return { waiting: of("#waiting-count"), mentioned: of("#mention-count") };
}

function isOn(name) {
  return Boolean(localStorage.getItem(ON[name]));
}

function keep(name, wanted) {
  if (wanted) localStorage.setItem(ON[name], "1");
  else localStorage.removeItem(ON[name]);
  switches[name].checked = wanted;
}

/** Only where there is an element that says the counts: pages that do not know them are silent. */
function look() {
  const now = counts();
  const news = [];
  if (now.waiting > before.waiting) news.push(waits(now.waiting));
  if (now.mentioned > before.mentioned) news.push("A colleague named you in a note.");
  before = now;
  if (!news.length) return;
  if (isOn("sound")) play();
  if (isOn("notify") && document.hidden && Notification.permission === "granted") show(news.join(" "));
}

function waits(count) {
  return count === 1 ? "A conversation waits for a person." : `${count} conversations wait for a person.`;
}

function show(words) {
  // The same tag: of several tabs that tell it, one notification stays.
  const note = new Notification("Desk", { body: words, tag: "desk" });
  note.addEventListener("click", () => {
    focus();
    note.close();
  });
}

/** Two soft notes, made here: no file is loaded. */
function play() {
  const audio = new AudioContext();
  [660, 880].forEach((pitch, place) => {
    const at = audio.currentTime + place * 0.16;
    const tone = audio.createOscillator();
    const loud = audio.createGain();
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0, at);
    loud.gain.linearRampToValueAtTime(0.06, at + 0.03);
    loud.gain.exponentialRampToValueAtTime(0.0001, at + 0.4);
    tone.connect(loud).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.42);
  });
  setTimeout(() => audio.close(), 1000);
}

async function permitted() {
  return "Notification" in window && (await Notification.requestPermission()) === "granted";
}

switches.notify.addEventListener("change", async () => {
  keep("notify", switches.notify.checked && (await permitted()));
  document.getElementById("notify-refused").hidden = isOn("notify") || Notification?.permission !== "denied";
});
switches.sound.addEventListener("change", () => {
  keep("sound", switches.sound.checked);
  if (isOn("sound")) play();
});
for (const name of Object.keys(ON)) {
  switches[name].checked = isOn(name);
  switches[name].closest("label").hidden = false;
}
document.addEventListener("htmx:after:swap", look);
