// What the Fetch standard takes for safelisted, and what a preflight's answer gives permission for.

const METHODS = ["GET", "HEAD", "POST"];
const TYPES = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
const HEADERS = ["accept", "accept-language", "content-language", "range"];

export function isSafelistedMethod(method) {
  return METHODS.includes(method.toUpperCase());
}

/** Names what makes the browser ask before it sends. */
export function unsafe({ method, headers }) {
  const names = headers
    .filter(isUnsafe)
    .map(([name, value]) =>
      name.toLowerCase() === "content-type"
        ? `the content type ${value}`
        : `the header ${name.toLowerCase()}`,
    );
  return [...(isSafelistedMethod(method) ? [] : [`the method ${method}`]), ...new Set(names)];
}

function isUnsafe([name, value]) {
  const lower = name.toLowerCase();
  if (lower === "content-type") return !TYPES.includes(value.split(";")[0].trim().toLowerCase());
  return !HEADERS.includes(lower);
}

/** Names what was asked for, and not allowed by the answer of a preflight. */
export function missing(message, { credentials }) {
  const isStar = credentials !== "include";
  const asked = list(message.request, "access-control-request-method").filter(
    (name) => !isSafelistedMethod(name),
  );
  const allowed = list(message.response, "access-control-allow-methods");
  const methods = asked.filter(
    (name) => !allowed.includes(name) && !(isStar && allowed.includes("*")),
  );
  return [...methods, ...missingHeaders(message, isStar)];
}

/** Never lets `*` stand for `authorization`. */
function missingHeaders({ request, response }, isStar) {
  const allowed = list(response, "access-control-allow-headers").map((name) => name.toLowerCase());
  const isAny = isStar && allowed.includes("*");
  return list(request, "access-control-request-headers").filter(
    (name) => !allowed.includes(name) && !(isAny && name !== "authorization"),
  );
}

function list(head, name) {
  const value = header(head, name) ?? "";
  return value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
}

/** Joins the lines of a header, or tells by `null` that there is none. */
export function header({ headers }, name) {
  const values = headers
    .filter(([other]) => other.toLowerCase() === name)
    .map(([, value]) => value);
  return values.length ? values.join(", ") : null;
}

/** Joins names as a sentence does. */
export function and(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
