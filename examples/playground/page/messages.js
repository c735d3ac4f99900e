// The messages as they went over the wire, and what the layer says of each.

import { node, prose } from "./dom.js";
import { field } from "./field.js";
import { header } from "./permission.js";
import { fixButton } from "./remarks.js";
import { after, before } from "./story.js";

// What every browser and server adds, and CORS has no say in.
const NOISE =
  /^(accept|accept-encoding|accept-language|cache-control|connection|content-length|date|dnt|keep-alive|pragma|priority|referer|te|transfer-encoding|upgrade-insecure-requests|user-agent|sec-ch-.*|sec-gpc)$/;
const TITLES = { preflight: "Preflight", actual: "Actual request", "not CORS": "Not CORS" };

export function wire(sent, fix) {
  const told = sent.messages.flatMap((message, index) => [
    messageOf(message, sent, fix),
    story(after(sent, index)),
  ]);
  return node(
    "section",
    { class: "block" },
    node("h3", {}, "On the wire"),
    story(before(sent)),
    told,
  );
}

function story(text) {
  return node("p", { class: "story", "data-story": true }, prose(text));
}

function messageOf(message, sent, fix) {
  return node(
    "article",
    { class: "message", "data-message": message.kind },
    node(
      "h4",
      {},
      TITLES[message.kind] ?? message.kind,
      node("span", { class: "decided" }, decided(message)),
    ),
    node("div", { class: "exchange" }, request(message, sent), response(message, sent)),
    explained(message.explanation, fix),
  );
}

function decided({ kind, response, from_cache, explanation }) {
  if (from_cache) return "answered by the shared cache";
  if (kind === "preflight") return "answered by the CORS layer, the API never saw it";
  if (response.status === 403 && explanation?.outcome === "denied") {
    return "refused by the CORS layer, the API never saw it";
  }
  return "answered by the API, CORS headers by the layer";
}

function request(message, sent) {
  const { method, target, version, headers } = message.request;
  return half("Request", `${method} ${target} ${version}`, headers, "request", message, sent);
}

function response(message, sent) {
  const { status, reason, headers } = message.response;
  return half("Response", `${status} ${reason ?? ""}`, headers, "response", message, sent);
}

function half(title, first, headers, direction, message, sent) {
  const quiet = headers.filter(([name]) => NOISE.test(name.toLowerCase()));
  const shown = headers.filter(([name]) => !NOISE.test(name.toLowerCase()));
  const fields = shown.map(([name, value]) => field(name, value, { direction, message, sent }));
  return node(
    "div",
    { class: "half", "data-direction": direction },
    node("h5", {}, title),
    node("p", { class: "first-line" }, first),
    node("ul", { class: "fields" }, fields),
    namesNoOrigin(direction, message)
      ? node("p", { class: "absent" }, "no access-control-allow-origin")
      : null,
    quiet.length ? others(quiet) : null,
  );
}

function namesNoOrigin(direction, { kind, response }) {
  return (
    direction === "response" &&
    kind !== "not CORS" &&
    header(response, "access-control-allow-origin") === null
  );
}

function others(headers) {
  const count = headers.length === 1 ? "1 other header" : `${headers.length} other headers`;
  const lines = headers.map(([name, value]) => `${name}: ${value}`).join("\n");
  return node("details", { class: "others" }, node("summary", {}, count), node("pre", {}, lines));
}

function explained(explanation, fix) {
  if (!explanation) return null;
  return node(
    "div",
    { class: "explanation", "data-explanation": explanation.outcome },
    node("p", { class: "explanation-title" }, "The layer explains"),
    node("pre", { tabindex: "0" }, explanation.text),
    node(
      "div",
      { class: "fixes" },
      explanation.fixes.map((offer) => fixButton(offer, fix)),
    ),
  );
}
