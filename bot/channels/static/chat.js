// The chat page: puts its parts together. Each part is a module in chat/.
import * as api from "./chat/api.js";
import { Composer } from "./chat/composer.js";
import { Connection } from "./chat/connection.js";
import { Header } from "./chat/header.js";
import { Outbox } from "./chat/outbox.js";
import { Transcript } from "./chat/transcript.js";
import "./chat/viewport.js";
import { language, onChange } from "./chat/words.js";

const TYPING_AFTER = 400; // Milliseconds: a quick answer needs no sign that it is coming.
const TRIES = 2;
const REPORT_AFTER = 500; // Milliseconds: several lines at once are one report.
const BACKOFF = [1000, 2000, 4000, 8000, 15000];

const outbox = new Outbox();
const header = new Header({ onSwitch: switched });
const transcript = new Transcript({ onChoose: choose, onRetry: retry });
const composer = new Composer({
  onSend: (text) => send(text),
  onFiles: sendFiles,
  upload: (entry, onProgress) => withOpenChat(() => api.upload(entry, onProgress)),
});
const connection = new Connection({
  last: () => transcript.last,
  onLines: (lines) => {
    transcript.show(lines);
    soon();
  },
  onPresence: present,
  onUp: resend,
  onDown: () => header.lost(),
  onForgotten: forgotten,
});

let conversation = null;
let owner = "bot";
let slow = false; // A message of ours has been on its way for a while.
let awaited = false; // The server has it, and waits whether more belongs to it.
let queue = Promise.resolve();
let opening = null;
let strangers = 0;
let reporting = null;
const told = { delivered: 0, seen: 0 };

/** Come in, or come in again: the transcript is then that of the conversation we are given. */
function open() {
  opening ??= opened().finally(() => {
    opening = null;
  });
  return opening;
}

async function opened() {
  for (let attempt = 0; ; attempt += 1) {
    try {
      enter(await api.open(language(), new URLSearchParams(location.search).get("source")));
      return;
    } catch (fault) {
      header.unreachable(fault.code === "too_many" ? fault.message : null);
      await header.pause(fault.wait ?? BACKOFF[Math.min(attempt, BACKOFF.length - 1)]);
    }
  }
}

/** The server does not know us: perhaps again and again, because no cookie is kept. */
function forgotten() {
  strangers += 1;
  if (strangers > TRIES) header.needsCookies();
  else open();
}

function enter(chat) {
  if (chat.conversation !== conversation) {
    transcript.begin();
    conversation = chat.conversation;
    Object.assign(told, { delivered: 0, seen: 0 });
  }
  transcript.show(chat.lines, { reading: false });
  present(chat.presence);
  header.found();
  outbox.forget(transcript.known);
  for (const item of outbox.items) {
    transcript.pend(item);
    if (!item.sending) transcript.fail(item, null);
  }
  connection.start();
}

/** Who speaks now. */
function present(presence) {
  owner = presence.owner;
  awaited = presence.typing;
  header.present(presence);
  composer.present(presence);
  transcript.live(presence.owner !== "person");
  soon();
  dots();
}

/** The sign that an answer is coming. */
function dots() {
  transcript.typing(owner !== "person" && (slow || awaited));
}

function late(wanted) {
  slow = wanted;
  dots();
}

function choose(choice, byKeyboard) {
  send(choice.says, choice.payload);
  composer.focus(byKeyboard);
}

function sendFiles(files) {
  send(files.map((file) => file.name).join("\n"), null, files);
}

function send(text, choice = null, files = undefined) {
  const item = outbox.add(text, choice, files);
  transcript.pend(item);
  deliver(item);
}

function retry(item) {
  deliver(item);
  composer.focus(true);
}

/** One at a time, so that what was written first arrives first. */
function deliver(item) {
  if (item.sending) return;
  item.sending = true;
  transcript.sending(item);
  queue = queue.then(() => delivered(item));
}

async function delivered(item) {
  const typing = setTimeout(() => late(true), TYPING_AFTER);
  try {
    accept(item, await withOpenChat(() => api.send(item, transcript.last)));
  } catch (fault) {
    item.sending = false;
    item.lost = fault.code === "network";
    transcript.fail(item, fault);
  } finally {
    clearTimeout(typing);
    late(false);
  }
}

function accept(item, answer) {
  outbox.remove(item);
  if (answer.conversation !== conversation) return open();
  transcript.show(answer.lines);
  transcript.accepted(item, answer.seq);
  present(answer.presence);
  return undefined;
}

/** The cookie may have been cleared while the page stood open. */
async function withOpenChat(call) {
  try {
    return await call();
  } catch (fault) {
    if (fault.code !== "open_first") throw fault;
    await open();
    return call();
  }
}

/** While a person has the conversation: what of it is here, and what was in sight. */
async function report() {
  if (owner !== "person") return;
  const had = { ...told };
  told.delivered = transcript.last;
  if (!document.hidden) told.seen = transcript.last;
  if (told.delivered === had.delivered && told.seen === had.seen) return;
  const said = await api.got(told.delivered, told.seen).catch(() => false);
  if (!said) Object.assign(told, had);
}

function soon() {
  clearTimeout(reporting);
  reporting = setTimeout(report, REPORT_AFTER);
}

document.addEventListener("visibilitychange", soon);

/** The connection is back: what only it kept from being sent goes out now. */
function resend() {
  strangers = 0;
  header.found();
  outbox.items.filter((item) => item.lost).forEach(deliver);
}

onChange(() => {
  for (const part of [header, transcript, composer]) part.translate();
});

/** The visitor changed the language of the page; the conversation follows, unless a person has it. */
function switched(words, payload) {
  if (owner !== "person") send(words, payload);
}

addEventListener("online", () => {
  header.online();
  connection.hurry();
  resend();
});
addEventListener("offline", () => header.offline());

if (!navigator.onLine) header.offline();
if (navigator.cookieEnabled) open().then(() => composer.focus(false));
else header.needsCookies();
