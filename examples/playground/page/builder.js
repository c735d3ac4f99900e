// The form that builds a fetch.

import { byId, node, options } from "./dom.js";
import { headerRows } from "./header-rows.js";
import { ROLES } from "./places.js";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const PATHS = {
  "/hello": "a text",
  "/echo": "what it was sent, as JSON; any method",
  "/me": "whether the cookie of this page came along",
  "/list": "a list, with x-total-count and etag",
  "/cached": "a text through a shared cache that heeds Vary",
  "/cached-without-vary": "a text through a shared cache that ignores Vary",
  "/fails": "a 500",
  "/nowhere": "a 404",
};
const BODIES = [
  ["none", "none"],
  ["text", "text"],
  ["json", "JSON"],
  ["form", "form"],
];
const CREDENTIALS = {
  "same-origin": "The default: to another origin no cookie goes along.",
  include: "Cookies go along, if their SameSite lets them.",
  omit: "No cookie goes along, and none is taken.",
};
const SAMPLES = { none: "", text: "hello", json: '{ "city": "Oslo" }', form: "city=Oslo" };

/** Returns the form; `changed` is called after each change. */
export function createBuilder(origins, changed) {
  const rows = headerRows(changed);
  byId("from").append(...Object.keys(ROLES).map((name) => originChoice(name, origins[name])));
  byId("methods").append(...options(METHODS.map((method) => [method, ""])));
  byId("path").append(...options(Object.keys(PATHS).map((path) => [path, path])));
  byId("body-type").append(...options(BODIES));
  byId("credentials").append(...options(Object.keys(CREDENTIALS).map((mode) => [mode, mode])));

  byId("body-type").addEventListener("change", offerSample);
  byId("fetch").addEventListener("input", () => {
    hint();
    changed();
  });
  return {
    read: () => read(rows),
    write: (fetched) => {
      write(fetched, rows);
      hint();
      changed();
    },
  };
}

function originChoice(name, origin) {
  const radio = { type: "radio", name: "from", value: name, "data-from": name };
  return node(
    "label",
    { class: "origin" },
    node("input", radio),
    node("span", { class: "origin-name" }, origin),
    node("span", { class: "origin-role" }, ROLES[name]),
  );
}

function offerSample() {
  const type = byId("body-type").value;
  const text = byId("body-text");
  if (Object.values(SAMPLES).includes(text.value)) text.value = SAMPLES[type];
}

function hint() {
  byId("path-hint").textContent = PATHS[byId("path").value] ?? "";
  byId("credentials-hint").textContent = CREDENTIALS[byId("credentials").value] ?? "";
  byId("body-field").hidden = byId("body-type").value === "none";
}

function read(rows) {
  const type = byId("body-type").value;
  return {
    from: document.querySelector('input[name="from"]:checked').value,
    method: byId("method").value.trim(),
    path: byId("path").value,
    headers: rows.read(),
    body: { type, text: type === "none" ? "" : byId("body-text").value },
    credentials: byId("credentials").value,
  };
}

function write(fetched, rows) {
  document.querySelector(`input[name="from"][value="${CSS.escape(fetched.from)}"]`).checked = true;
  byId("method").value = fetched.method;
  choose(byId("path"), fetched.path);
  rows.write(fetched.headers);
  byId("body-type").value = fetched.body.type;
  byId("body-text").value = fetched.body.text;
  byId("credentials").value = fetched.credentials;
}

/** Takes a path of a link that the menu does not have. */
function choose(select, path) {
  if (![...select.options].some((option) => option.value === path)) {
    select.append(node("option", { value: path }, path));
  }
  select.value = path;
}
