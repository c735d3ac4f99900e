// What the request headers of CORS mean, by their value and situation.

import { and, isSafelistedMethod } from "./permission.js";

const FETCH = "https://fetch.spec.whatwg.org/";
const METADATA = "https://w3c.github.io/webappsec-fetch-metadata/";

export function requestNote(name, value, situation) {
  const note = NOTES[name]?.(value, situation) ?? {
    text: "A header of CORS.",
    anchor: "http-cors-protocol",
  };
  return {
    text: note.text,
    link: note.link ?? `${FETCH}#${note.anchor}`,
    title: note.title ?? "Fetch standard",
  };
}

const NOTES = {
  origin: (value) => ({
    text: `The browser says whose page is asking: ${value}. No script can set or change it, and the policy compares exactly this text.`,
    anchor: "origin-header",
  }),
  "access-control-request-method": (value) => ({
    text: isSafelistedMethod(value)
      ? `The browser asks whether it may send a ${value}. The method is safelisted: it is a header that made the browser ask.`
      : `The browser asks whether it may send a ${value}. It is not safelisted, so the answer has to list it.`,
    anchor: "http-access-control-request-method",
  }),
  "access-control-request-headers": (value) => ({
    text: `The script sets ${and(value.split(","))}. What is not safelisted is asked for by name, in lower case and sorted; the values are not told yet.`,
    anchor: "http-access-control-request-headers",
  }),
  cookie: () => ({
    text: "Sent since the script asked for credentials, and since the cookie's SameSite=Lax lets pages of the same site have it. Cookies ignore ports.",
    anchor: "cors-protocol-and-credentials",
  }),
  "sec-fetch-site": (value) => ofMetadata(site(value), "sec-fetch-site-header"),
  "sec-fetch-mode": (value) =>
    ofMetadata(
      value === "cors"
        ? "A request whose response the script wants to read, so it has to pass CORS."
        : `The mode of the request: ${value}.`,
      "sec-fetch-mode-header",
    ),
  "sec-fetch-dest": (value) =>
    ofMetadata(
      value === "empty"
        ? "The response goes to a script, and not into an image, a frame or a style sheet."
        : `What the response is for: ${value}.`,
      "sec-fetch-dest-header",
    ),
  "sec-fetch-storage-access": (value) => ({
    text: `Whether a page in a foreign frame has access to its cookies: ${value}.`,
    link: "https://privacycg.github.io/storage-access-headers/",
    title: "Storage Access Headers",
  }),
};

function ofMetadata(text, anchor) {
  return { text, link: `${METADATA}#${anchor}`, title: "Fetch Metadata" };
}

function site(value) {
  const texts = {
    "same-site":
      "Another origin, but the same site: the host is localhost too, and ports make no other site. SameSite cookies may go along.",
    "cross-site":
      "Another site: 127.0.0.1 is another host than localhost. SameSite=Lax cookies stay home.",
    "same-origin": "The page's own origin.",
    none: "The user asked for it, no page did.",
  };
  return texts[value] ?? `How the page's site relates to this one: ${value}.`;
}
