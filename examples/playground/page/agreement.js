// What this browser did, beside what the browser in process predicted under both profiles.

import { node } from "./dom.js";

const COLUMNS = ["this browser", "strict", "shipping"];
// A server's own; the stack in process has no connection to tell of.
const OF_THE_CONNECTION = [
  "connection",
  "content-length",
  "date",
  "keep-alive",
  "transfer-encoding",
];

export function agreement(rows) {
  const differing = rows.filter((row) => row.differs);
  return node(
    "section",
    { class: "block", "data-agreement": differing.length ? "differ" : "agree" },
    node("h3", {}, "Three opinions"),
    node("p", { class: "hint" }, summary(differing)),
    node("div", { class: "scrolls" }, table(rows)),
  );
}

/** Compares the three, a row for each question. */
export function compared({ seen, predictions, messages }) {
  const preflights = messages.filter(({ kind }) => kind === "preflight").length;
  const three = [{ ...seen, preflights }, predictions.strict, predictions.shipping];
  return Object.entries(QUESTIONS).map(([name, answer]) => {
    const values = three.map(answer);
    return { name, values, differs: new Set(values).size > 1 };
  });
}

const QUESTIONS = {
  readable: ({ readable }) => (readable ? "yes" : "no"),
  status: ({ readable, status }) => (readable ? String(status) : "none"),
  headers: ({ readable, headers }) => (readable ? names(headers) : "none"),
  preflights: ({ preflights }) => String(preflights),
};

/** Tells whom this browser agrees with: `both`, one of them, or `neither`. */
export function agreesWith(rows) {
  const isSame = (column) => rows.every(({ values }) => values[0] === values[column]);
  if (isSame(1)) return isSame(2) ? "both" : "strict";
  return isSame(2) ? "shipping" : "neither";
}

function names(headers) {
  const all = headers
    .map(([name]) => name.toLowerCase())
    .filter((name) => !OF_THE_CONNECTION.includes(name));
  return [...new Set(all)].sort().join(", ") || "none";
}

const WHO =
  "What the script sees in this browser, and what was predicted by the letter of the Fetch standard (strict) and by the ways of browsers (shipping).";

function summary(differing) {
  if (differing.length === 0) return `${WHO} They agree.`;
  return `${WHO} They disagree about: ${differing.map(({ name }) => name).join(", ")}.`;
}

function table(rows) {
  const head = node(
    "tr",
    {},
    node("td"),
    COLUMNS.map((name) => node("th", { scope: "col" }, name)),
  );
  return node(
    "table",
    { class: "agreement" },
    node("thead", {}, head),
    node("tbody", {}, rows.map(tableRow)),
  );
}

function tableRow({ name, values, differs }) {
  const cells = values.map((value, index) => {
    const isOdd = differs && values.filter((other) => other === value).length === 1;
    return node(
      "td",
      { "data-opinion": COLUMNS[index], "data-odd": isOdd },
      value,
      isOdd ? node("span", { class: "odd" }, " differs") : null,
    );
  });
  return node(
    "tr",
    { "data-compared": name, "data-differs": differs },
    node("th", { scope: "row" }, name),
    cells,
  );
}
