// The verdict: whether the script could read the response.

import { button, byId, node } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
// Shapes that differ without their colour: a ring that is open to a tick, and a barred octagon.
const SHAPES = {
  readable: ["M32 6a26 26 0 1 0 26 26", "M20 31l11 11 25-30"],
  kept: ["M21 5h22l16 16v22l-16 16h-22l-16-16v-22z", "M18 32h28"],
  none: ["M6 32h46", "M38 18l14 14-14 14"],
};

const PREDICTIONS = {
  both: "As predicted.",
  neither: "Not as predicted: see the opinions below.",
  shipping: "As predicted for browsers, but not by the letter of the standard.",
  strict: "By the letter of the standard, but not as predicted for browsers.",
};

/** Shows the verdict, and whose prediction it agrees with. */
export function showVerdict(sent, agreesWith) {
  const told = sent.seen.readable ? readable(sent) : kept(sent);
  const isPredicted = String(agreesWith === "both");
  const line = {
    class: "verdict-prediction",
    "data-predicted": isPredicted,
    "data-agrees-with": agreesWith,
  };
  const all = [...told, node("p", line, PREDICTIONS[agreesWith])];
  show(sent.seen.readable ? "readable" : "kept", title(sent), all);
}

function title({ seen, messages }) {
  if (seen.readable) return "The script could read it";
  return messages.length ? "The browser kept it from the script" : "The browser did not send it";
}

export function showNothingSent(startTour) {
  show("none", "Nothing was sent yet", [
    node("p", {}, INVITATION),
    button("Take the guided tour", { "data-start-tour": true, onclick: startTour }),
  ]);
}

const INVITATION =
  "Write a policy, build a fetch, and send it. A page of the origin that you choose fetches, in this browser. Here you see whether its script may read what comes back, and why.";

function show(verdict, heading, told) {
  const region = byId("verdict");
  region.dataset.verdict = verdict;
  region.replaceChildren(
    shape(verdict),
    node("div", { class: "verdict-text" }, node("p", { class: "verdict-title" }, heading), told),
  );
}

function readable({ seen }) {
  return [
    node(
      "p",
      { class: "verdict-sub" },
      `Status ${seen.status}`,
      seen.body === "" ? ", with no body" : ", and this body:",
    ),
    seen.body === ""
      ? null
      : node("pre", { class: "verdict-body", "data-body": true, tabindex: "0" }, seen.body),
  ];
}

function kept({ seen }) {
  return [
    node("p", { class: "verdict-sub" }, "All that the script learnt:"),
    node("pre", { class: "verdict-body", "data-error": true, tabindex: "0" }, seen.error),
  ];
}

function shape(verdict) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 64 64");
  svg.setAttribute("class", "verdict-shape");
  svg.setAttribute("aria-hidden", "true");
  for (const d of SHAPES[verdict]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
