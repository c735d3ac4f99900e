// What the response headers of CORS mean, by their value and situation.

import { and, header, isSafelistedMethod, missing } from "./permission.js";

const FETCH = "https://fetch.spec.whatwg.org/";

export function responseNote(name, value, { message, sent }) {
  const note = NOTES[name]?.(value, sent, message) ?? {
    text: "A header of CORS.",
    anchor: "http-cors-protocol",
  };
  return { text: note.text, link: `${FETCH}#${note.anchor}`, title: "Fetch standard" };
}

const NOTES = {
  "access-control-allow-origin": (value, { origin, init }, { kind }) => ({
    text: allowOrigin(value, origin, init.credentials === "include", kind === "preflight"),
    anchor: "http-access-control-allow-origin",
  }),
  "access-control-allow-credentials": (value, { init }) => ({
    text:
      init.credentials === "include"
        ? "The page may read what was answered to a request with cookies. It needs its own origin named beside, and no *."
        : "The page might send credentials, too. This fetch did not ask for it.",
    anchor: "http-access-control-allow-credentials",
  }),
  "access-control-allow-methods": (value, { init }, { request }) => ({
    text: methods(value, header(request, "access-control-request-method"), init.credentials),
    anchor: "http-access-control-allow-methods",
  }),
  "access-control-allow-headers": (value, { init }, message) => ({
    text: headers(
      value,
      missing(message, init),
      header(message.request, "access-control-request-headers"),
    ),
    anchor: "http-access-control-allow-headers",
  }),
  "access-control-max-age": (value) => ({
    text: `The browser may remember this answer for ${value} seconds, and ask no more until then. Here every case has a URL of its own, so you see each preflight.`,
    anchor: "http-access-control-max-age",
  }),
  "access-control-expose-headers": (value, { init }) => ({
    text:
      value === "*" && init.credentials !== "include"
        ? "The script may read every response header but Set-Cookie."
        : `Besides the safelisted response headers the script may read ${value}.`,
    anchor: "http-access-control-expose-headers",
  }),
  vary: (value) => ({ text: vary(value), anchor: "cors-protocol-and-http-caches" }),
  "set-cookie": () => ({
    text: "Never readable by a script, whatever is exposed. From another origin it is stored only if the script asked for credentials.",
    anchor: "forbidden-response-header-name",
  }),
};

function allowOrigin(value, origin, withCredentials, isPreflight) {
  if (value === "*" && withCredentials) {
    return "Any origin may read, but * does not count for a request with credentials.";
  }
  if (value === "*") return "Any origin may read this, as long as the request has no credentials.";
  if (value === origin && isPreflight) {
    return "Names the page's origin, so what the other headers allow is for this page.";
  }
  if (value === origin) return "Names the page's origin, so the page may read the response.";
  return `Names ${value}. The page is ${origin}, so the browser does not let it read.`;
}

function methods(value, method, credentials) {
  if (value === "*") {
    return credentials === "include"
      ? "With credentials, * is only a method of that name."
      : "Any method may be sent.";
  }
  const listed = value.split(",").map((name) => name.trim());
  if (listed.includes(method)) {
    return `The listed methods may be sent, and ${method} is one of them.`;
  }
  if (isSafelistedMethod(method)) {
    return `These methods may be sent. ${method} may be in any case: it is safelisted.`;
  }
  return `These methods may be sent. ${method} is none of them, so the browser does not send it.`;
}

function headers(value, notAllowed, asked) {
  const names = notAllowed.filter((name) => asked?.split(",").includes(name));
  if (names.length) {
    return `${and(names)} ${names.length > 1 ? "are" : "is"} not among them, so the browser does not send the request.`;
  }
  if (value.split(",").some((name) => name.trim() === "*")) {
    return "Pages may set any header. The star leaves authorization out, so it is named beside.";
  }
  return "Pages may set these headers, and the script sets no other that needs permission.";
}

function vary(value) {
  const names = value.split(",").map((name) => name.trim().toLowerCase());
  if (names.includes("*")) {
    return "Whatever the request says may change the response, so no cache gives it to another one.";
  }
  if (!names.includes("origin")) {
    return "Caches keep a copy for each value of these request headers. The origin is not among them.";
  }
  return "The response depends on who asks, so a cache keeps one copy per origin. Without it one origin's copy goes to another, whose browser refuses it.";
}
