// Draws a step of the tour.

import { node, prose } from "./dom.js";
import { STEPS } from "./tour.js";

export function drawStep(panel, { number, step, done, isBusy }, act, places) {
  const written = (text) => prose(places.fill(text));
  panel.dataset.step = number;
  panel.setAttribute("aria-busy", String(isBusy));
  panel.replaceChildren(
    head(number, act),
    node("h2", { id: "tour-title" }, step.title),
    node("p", { class: "tour-text" }, written(step.text)),
    node(
      "ol",
      { class: "moves", "aria-live": "polite" },
      shownMoves(step, done).map((move, index) =>
        drawMove(move, index, done[index], isBusy || index > done.length, act, written),
      ),
    ),
    foot(number, done.length === step.moves.length, act),
  );
}

/** The moves made, and the next one. */
function shownMoves(step, done) {
  return step.moves.slice(0, done.length + 1);
}

function head(number, act) {
  const dots = STEPS.map(({ title }, index) => {
    const isHere = index + 1 === number;
    const open = () => act.open(index + 1);
    const label = `Step ${index + 1}: ${title}`;
    const attributes = {
      type: "button",
      class: "dot",
      "data-step-link": index + 1,
      "aria-label": label,
      title,
      onclick: open,
    };
    return node("li", {}, node("button", { ...attributes, "aria-current": isHere && "step" }));
  });
  return node(
    "div",
    { class: "tour-head" },
    node(
      "p",
      { class: "progress", "data-progress": `${number}/${STEPS.length}` },
      `Step ${number} of ${STEPS.length}`,
    ),
    node("ol", { class: "dots" }, dots),
    node(
      "button",
      { type: "button", id: "leave-tour", class: "quiet", onclick: act.leave },
      "Leave the tour",
    ),
  );
}

function drawMove(move, index, outcome, isDisabled, act, written) {
  const button = {
    type: "button",
    "data-move": index + 1,
    disabled: isDisabled,
    onclick: () => act.play(index),
  };
  if (outcome === undefined) {
    return node(
      "li",
      { class: "move" },
      node("button", { ...button, class: "primary", "data-next": true }, move.label),
    );
  }
  const { asExpected } = outcome;
  const again = node(
    "button",
    { ...button, class: "quiet", "aria-label": `${move.label}, again` },
    "again",
  );
  const told = { class: "told", "data-told": index + 1, "data-as-expected": String(asExpected) };
  return node(
    "li",
    { class: "move", "data-done": true },
    node("p", { class: "move-made" }, move.label, " ", again),
    node("p", told, asExpected ? written(move.told) : OTHERWISE),
  );
}

const OTHERWISE =
  "Something else came of it than this step is about. If you changed the policy or the fetch, start the step again.";

function foot(number, isDone, act) {
  const isLast = number === STEPS.length;
  const to = (step) => () => act.open(step);
  const forward = isLast
    ? node(
        "button",
        {
          type: "button",
          id: "tour-end",
          class: isDone ? "primary" : "quiet",
          "data-next": isDone,
          onclick: act.leave,
        },
        "End the tour",
      )
    : node(
        "button",
        {
          type: "button",
          id: "tour-next",
          class: isDone ? "primary" : "quiet",
          "data-next": isDone,
          onclick: to(number + 1),
        },
        `Next: ${STEPS[number].title}`,
      );
  return node(
    "div",
    { class: "tour-foot" },
    node(
      "button",
      {
        type: "button",
        id: "tour-back",
        class: "quiet",
        disabled: number === 1,
        onclick: to(number - 1),
      },
      "Back",
    ),
    node(
      "button",
      { type: "button", id: "tour-restart", class: "quiet", onclick: to(number) },
      "Start this step again",
    ),
    forward,
  );
}
