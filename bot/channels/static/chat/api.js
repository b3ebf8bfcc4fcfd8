// Talks to the chat's API. Whatever goes wrong becomes a Fault: a code for us, a message for people.
import { language, say } from "./words.js";

const PATIENCE = 20000;
const UPLOAD_PATIENCE = 300000;

export class Fault extends Error {
  /** `wait`: milliseconds to wait before trying again, where the server said so. */
  constructor(code, message, wait = null) {
    super(message);
    this.code = code;
    this.wait = wait;
  }
}

export function open(wished, source) {
  const opening = { language: wished };
  if (source && /^[\w .:/?&=%+-]{1,200}$/.test(source)) opening.source = source;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (/^[\w+/-]{1,64}$/.test(zone ?? "")) opening.zone = zone;
  return call("open", { method: "POST", body: JSON.stringify(opening) });
}

export function send(item, after) {
  const { id, text, choice, files } = item;
  const said = files ? { files: files.map((file) => file.id) } : { text, choice };
  const body = JSON.stringify({ message_id: id, ...said, after });
  return call("messages", { method: "POST", body });
}

/** Store a file; `onProgress` is told how much of it has gone, from 0 to 1. */
export function upload(entry, onProgress) {
  const form = new FormData();
  form.append("file", entry.file, entry.name);
  // Not `fetch`, which cannot tell how far an upload is.
  const request = new XMLHttpRequest();
  entry.abort = () => request.abort();
  return new Promise((resolve, reject) => {
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    const lost = () => reject(new Fault("network", ""));
    for (const end of ["error", "timeout", "abort"]) request.addEventListener(end, lost);
    request.addEventListener("load", () => {
      const { status, response } = request;
      if (status === 200 && response) resolve(response);
      else reject(refusal(response, request.getResponseHeader("Retry-After")));
    });
    request.open("POST", `/api/chat/files?upload_id=${entry.key}`);
    request.responseType = "json";
    request.timeout = UPLOAD_PATIENCE;
    request.setRequestHeader("Accept-Language", language());
    request.send(form);
  });
}

export function lines(after) {
  return call(`lines?after=${after}`);
}

/** Say how far this page has the conversation; nobody waits for it, and what gets lost is said again. */
export async function got(delivered, seen) {
  const body = JSON.stringify({ delivered, seen });
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("/api/chat/receipts", { method: "POST", body, headers });
  return answer.ok;
}

export function stream(after) {
  return new EventSource(`/api/chat/stream?after=${after}`);
}

async function call(path, options = {}) {
  const headers = { "Accept-Language": language() };
  if (options.body) headers["Content-Type"] = "application/json";
  let response;
  let body;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    response = await fetch(`/api/chat/${path}`, { ...options, headers, signal });
    body = await response.json();
  } catch {
    // No answer, half an answer, or one by a proxy that knows no JSON.
    throw new Fault("network", "");
  }
  if (response.ok) return body;
  throw refusal(body, response.headers.get("Retry-After"));
}

function refusal(body, seconds) {
  const wait = Number(seconds) * 1000 || null;
  return new Fault(body?.error?.code ?? "network", body?.error?.message ?? say("failed"), wait);
}
