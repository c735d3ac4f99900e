// What the browser did between the messages, in sentences.

const SAFELISTED_METHODS = ["GET", "HEAD", "POST"];
const SAFELISTED_TYPES = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
const SAFELISTED_HEADERS = ["accept", "accept-language", "content-language", "range"];

/** Tells what came before the first message. */
export function before(sent) {
  const { messages, init, origin, url } = sent;
  if (messages.length === 0) return "Nothing reached the API: the browser refused before sending.";
  if (messages[0].kind === "preflight") return `${reasons(init)} So the browser asked first, by a preflight.`;
  if (messages[0].kind === "not CORS") return `The page's origin is the API's own, so this is not CORS.`;
  return `A ${init.method} without headers that need permission: the browser sent it at once, from ${origin} to ${new URL(url).origin}.`;
}

/** Tells what came after a message. */
export function after(sent, index) {
  const { messages, init, seen } = sent;
  const message = messages[index];
  const isLast = index === messages.length - 1;
  if (message.kind === "preflight") {
    return isLast ? refusedPreflight(message, init) : `The preflight gave permission, so the browser sent the ${init.method}.`;
  }
  if (seen.readable) return readable(sent, message);
  return `The ${init.method} was run${message.from_cache ? " by an earlier request" : ""}, ${whyKept(sent, message)}, so the browser kept the response from the script.`;
}

function reasons({ method, headers }) {
  const unsafe = [...new Set(headers.filter(isUnsafe).map(([name]) => name.toLowerCase()))];
  const told = [];
  if (!SAFELISTED_METHODS.includes(method.toUpperCase())) told.push(`The method ${method} is not safelisted.`);
  if (unsafe.length === 1) told.push(`The header ${unsafe[0]} is not safelisted as it is.`);
  if (unsafe.length > 1) told.push(`The headers ${unsafe.join(", ")} are not safelisted as they are.`);
  return told.join(" ") || "A form could not send this request.";
}

function isUnsafe([name, value]) {
  const lower = name.toLowerCase();
  if (lower === "content-type") return !SAFELISTED_TYPES.includes(value.split(";")[0].trim().toLowerCase());
  return !SAFELISTED_HEADERS.includes(lower);
}

function refusedPreflight({ response }, { method }) {
  const isAnswered = response.status >= 200 && response.status < 300;
  const how = isAnswered && header(response, "access-control-allow-origin") ? "without permission for all of it" : "without permission";
  return `The preflight was answered ${how}, so the ${method} was never sent.`;
}

function readable({ init, origin }, { response }) {
  const allowed = header(response, "access-control-allow-origin");
  if (allowed === null) return "The browser handed the response to the script.";
  const names = allowed === "*" ? "allows any origin" : `names ${origin}`;
  const credentials = init.credentials === "include" ? " and allows credentials" : "";
  return `The response ${names}${credentials}, so the browser handed it to the script.`;
}

function whyKept({ init, origin }, { response, explanation }) {
  const allowed = header(response, "access-control-allow-origin");
  if (response.status === 403 && explanation?.outcome === "denied") return "or rather answered 403 before it could";
  if (allowed === null) return `but its response names no origin that may read it`;
  if (allowed === "*" && init.credentials === "include") return "but `*` does not count with credentials";
  if (allowed !== "*" && allowed !== origin) return `but its response names ${allowed} and not ${origin}`;
  if (init.credentials === "include") return "but its response does not allow credentials";
  return "but its response did not pass the browser's check";
}

export function header({ headers }, name) {
  const values = headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
  return values.length ? values.join(", ") : null;
}
