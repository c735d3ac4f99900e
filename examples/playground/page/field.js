// A header line; those of CORS are lit, and explained on hover and focus.

import { node } from "./dom.js";
import { requestNote } from "./request-notes.js";
import { responseNote } from "./response-notes.js";

const LIT = /^(origin|access-control-.*|vary|sec-fetch-.*|cookie|set-cookie)$/;
let made = 0;

function isLit(name) {
  return LIT.test(name.toLowerCase());
}

export function field(name, value, situation) {
  const attributes = { class: "field", "data-header": name.toLowerCase() };
  if (!isLit(name)) return node("li", attributes, ...line(name, value));
  const note = (situation.direction === "request" ? requestNote : responseNote)(
    name.toLowerCase(),
    value,
    situation,
  );
  return lit(name, value, note, attributes);
}

function line(name, value) {
  return [
    node("span", { class: "field-name" }, name),
    ": ",
    node("span", { class: "field-value" }, value),
  ];
}

function lit(name, value, { text, link, title }, attributes) {
  made += 1;
  const id = `note-${made}`;
  const button = node(
    "button",
    { type: "button", class: "plain lit", "aria-describedby": id },
    ...line(name, value),
  );
  const source = node("a", { href: link, target: "_blank", rel: "noreferrer" }, title);
  const tip = node("div", { class: "tip", role: "tooltip", id }, node("p", {}, text), source);
  const item = node("li", { ...attributes, class: "field is-lit" }, button, tip);
  const show = () => item.removeAttribute("data-dismissed");
  item.addEventListener("mouseleave", show);
  item.addEventListener("focusout", (event) => item.contains(event.relatedTarget) || show());
  return item;
}

/** Closes the open explanation by Escape, under the pointer too. */
export function closeByEscape() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const item of document.querySelectorAll(".is-lit:hover, .is-lit:focus-within")) {
      item.setAttribute("data-dismissed", "");
    }
  });
}
