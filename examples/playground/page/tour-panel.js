// Draws a step of the tour.

import { button, node, prose } from "./dom.js";
import { STEPS } from "./tour.js";

const OTHERWISE =
  "Something else came of it than this step is about. If you changed the policy or the fetch, start the step again.";

export function drawStep(panel, at, act, places) {
  const written = (text) => prose(places.fill(text));
  panel.dataset.step = at.number;
  panel.setAttribute("aria-busy", String(at.isBusy));
  panel.replaceChildren(
    head(at.number, act),
    node("h2", { id: "tour-title" }, at.step.title),
    node("p", { class: "tour-text" }, written(at.step.text)),
    moves(at, act, written),
    foot(at.number, at.done.length === at.step.moves.length, act),
  );
}

function head(number, act) {
  const progress = { class: "progress", "data-progress": `${number}/${STEPS.length}` };
  return node(
    "div",
    { class: "tour-head" },
    node("p", progress, `Step ${number} of ${STEPS.length}`),
    node(
      "ol",
      { class: "dots" },
      STEPS.map(({ title }, index) => dot(index + 1, title, number, act)),
    ),
    button("Leave the tour", { id: "leave-tour", class: "quiet", onclick: act.leave }),
  );
}

function dot(step, title, number, act) {
  const attributes = {
    class: "dot",
    "data-step-link": step,
    "aria-label": `Step ${step}: ${title}`,
    "aria-current": step === number && "step",
    title,
    onclick: () => act.open(step),
  };
  return node("li", {}, button("", attributes));
}

/** Shows the moves made, and the next one. */
function moves({ step, done, isBusy }, act, written) {
  const shown = step.moves.slice(0, done.length + 1);
  const items = shown.map((move, index) => {
    const play = {
      "data-move": index + 1,
      disabled: isBusy,
      onclick: () => act.play(index),
    };
    return index < done.length ? made(move, done[index], play, written) : next(move, play);
  });
  return node("ol", { class: "moves", "aria-live": "polite" }, items);
}

function next(move, play) {
  const attributes = { ...play, class: "primary", "data-next": true };
  return node("li", { class: "move" }, button(move.label, attributes));
}

function made(move, { asExpected }, play, written) {
  const again = { ...play, class: "quiet", "aria-label": `${move.label}, again` };
  const told = {
    class: "told",
    "data-told": play["data-move"],
    "data-as-expected": String(asExpected),
  };
  return node(
    "li",
    { class: "move", "data-done": true },
    node("p", { class: "move-made" }, move.label, " ", button("again", again)),
    node("p", told, asExpected ? written(move.told) : OTHERWISE),
  );
}

function foot(number, isDone, act) {
  const to = (step) => ({ class: "quiet", onclick: () => act.open(step) });
  const forward = { class: isDone ? "primary" : "quiet", "data-next": isDone };
  const isLast = number === STEPS.length;
  return node(
    "div",
    { class: "tour-foot" },
    button("Back", { ...to(number - 1), id: "tour-back", disabled: number === 1 }),
    button("Start this step again", { ...to(number), id: "tour-restart" }),
    isLast
      ? button("End the tour", { ...forward, id: "tour-end", onclick: act.leave })
      : button(`Next: ${STEPS[number].title}`, { ...to(number + 1), ...forward, id: "tour-next" }),
  );
}
