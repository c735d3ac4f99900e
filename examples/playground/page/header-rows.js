// The headers that the script sets, a row for each.

import { button, byId, node, options } from "./dom.js";

const NAMES = [
  ["authorization", "Bearer token"],
  ["content-type", "application/json"],
  ["x-requested-with", "XMLHttpRequest"],
  ["x-request-id", "1"],
  ["dpr", "2"],
  ["if-none-match", '"1"'],
  ["traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"],
  ["x-grpc-web", "1"],
  ["connect-protocol-version", "1"],
  ["mcp-protocol-version", "2025-06-18"],
];

export function headerRows(changed) {
  const rows = byId("header-rows");
  byId("header-names").append(...options(NAMES.map(([name]) => [name, ""])));
  byId("add-header").addEventListener("click", () => {
    const row = rowOf(["", ""], changed);
    rows.append(row);
    row.querySelector("input").focus();
    changed();
  });
  return {
    read: () => [...rows.children].map(pair).filter(([name]) => name !== ""),
    write: (headers) => rows.replaceChildren(...headers.map((header) => rowOf(header, changed))),
  };
}

function pair(row) {
  const [name, value] = row.querySelectorAll("input");
  return [name.value.trim(), value.value];
}

function rowOf([name, value], changed) {
  const nameInput = input("name", name, "Name of a header", { list: "header-names" });
  const valueInput = input("value", value, "Value of the header", {});
  nameInput.addEventListener("change", () => suggest(nameInput.value, valueInput, changed));
  const row = node("div", { class: "header-row", "data-header-row": true }, nameInput, valueInput);
  row.append(removeButton(row, changed));
  return row;
}

function input(placeholder, value, label, attributes) {
  const asTyped = { spellcheck: "false", autocapitalize: "off" };
  const named = { class: `header-${placeholder}`, "aria-label": label, placeholder, value };
  return node("input", { ...named, ...asTyped, ...attributes });
}

/** Fills in a usual value, so that a name alone is enough to try. */
function suggest(name, valueInput, changed) {
  const usual = NAMES.find(([known]) => known === name.toLowerCase());
  if (usual && valueInput.value === "") {
    [, valueInput.value] = usual;
    changed();
  }
}

function removeButton(row, changed) {
  const remove = () => {
    row.remove();
    byId("add-header").focus();
    changed();
  };
  return button("\u00d7", {
    class: "quiet remove",
    "aria-label": "Remove this header",
    onclick: remove,
  });
}
