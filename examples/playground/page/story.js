// What the browser did between the messages, in sentences.

import { and, header, missing, unsafe } from "./permission.js";

/** Tells what came before the first message. */
export function before({ messages, init, origin, url, seen }) {
  const [first] = messages;
  if (first === undefined) {
    const why = seen.readable
      ? "Nothing was recorded."
      : "The browser refused before it sent anything.";
    return `Nothing reached the API. ${why}`;
  }
  if (first.kind === "not CORS") return "The request names no origin, so it is not CORS.";
  const names = unsafe(init);
  const isAsked = first.kind === "preflight";
  if (names.length > 0) {
    return `${notSafelisted(names)}, ${isAsked ? ASKED : "yet the browser did not ask"}.`;
  }
  if (isAsked) return `A header has a value that no form could send, ${ASKED}.`;
  const to = new URL(url).origin;
  return `All of this ${init.method} is safelisted, so the browser sent it at once, from ${origin} to ${to}.`;
}

const ASKED = "so the browser asked first, by a preflight";

function notSafelisted(names) {
  const text = and(names);
  return `${text[0].toUpperCase()}${text.slice(1)} ${names.length > 1 ? "are" : "is"} not safelisted`;
}

/** Tells what came after a message. */
export function after(sent, index) {
  const { messages, init, seen } = sent;
  const message = messages[index];
  const isLast = index === messages.length - 1;
  if (message.kind !== "preflight") {
    return seen.readable ? readable(sent, message) : kept(sent, message);
  }
  if (!isLast) return `The preflight gave permission, so the browser sent the ${init.method}.`;
  return refused(message, sent);
}

function refused(message, { init, origin }) {
  const names = missing(message, init);
  const never = `so the ${init.method} was never sent.`;
  if (isNamed(message.response, origin, init) && !allowsCredentials(message.response, init)) {
    return `The preflight's answer does not allow credentials, ${never}`;
  }
  if (!isNamed(message.response, origin, init) || names.length === 0) {
    return `The preflight was answered without permission, ${never}`;
  }
  return `The preflight was answered without permission for ${and(names)}, ${never}`;
}

function isNamed(response, origin, { credentials }) {
  const allowed = header(response, "access-control-allow-origin");
  return allowed === origin || (allowed === "*" && credentials !== "include");
}

function allowsCredentials(response, { credentials }) {
  return (
    credentials !== "include" || header(response, "access-control-allow-credentials") === "true"
  );
}

function readable({ init, origin }, { response }) {
  const allowed = header(response, "access-control-allow-origin");
  if (allowed === null) return "The browser handed the response to the script.";
  const names = allowed === "*" ? "allows any origin" : `names ${origin}`;
  const credentials = init.credentials === "include" ? " and allows credentials" : "";
  return `The response ${names}${credentials}, so the browser handed it to the script.`;
}

function kept(sent, message) {
  const { method } = sent.init;
  const isEnforced = message.response.status === 403 && message.explanation?.outcome === "denied";
  if (isEnforced) {
    return `The layer answered 403 itself, so the ${method} was not run, and the script sees nothing of it.`;
  }
  const ran = message.from_cache
    ? `The ${method} was answered from the cache`
    : `The ${method} was run`;
  return `${ran}, but ${why(sent, message)}, so the browser kept the response from the script.`;
}

function why({ init, origin }, { response }) {
  const allowed = header(response, "access-control-allow-origin");
  if (allowed === null) return "the response names no origin that may read it";
  if (allowed === "*" && init.credentials === "include") {
    return "`*` does not count with credentials";
  }
  if (allowed !== "*" && allowed !== origin) return `the response names ${allowed}, not ${origin}`;
  if (init.credentials === "include") return "the response does not allow credentials";
  return "the response did not pass the browser's check";
}
