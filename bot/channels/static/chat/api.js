// Talks to the chat's API. Whatever goes wrong becomes a Fault: a code for us, a message for people.
import { language, say } from "./words.js";

const PATIENCE = 20000;

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
  return call("open", { method: "POST", body: JSON.stringify(opening) });
}

export function send(item, after) {
  const { id, text, choice } = item;
  const body = JSON.stringify({ message_id: id, text, choice, after });
  return call("messages", { method: "POST", body });
}

export function lines(after) {
  return call(`lines?after=${after}`);
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
  const wait = Number(response.headers.get("Retry-After")) * 1000 || null;
  throw new Fault(body.error?.code ?? "network", body.error?.message ?? say("failed"), wait);
}
