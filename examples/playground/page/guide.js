// Leads through the tour: which step, which move, and what came of it.

import { byId } from "./dom.js";
import { clearCache } from "./server.js";
import { STEPS } from "./tour.js";
import { drawStep } from "./tour-panel.js";

/** Returns the guide; `stage` loads policies and fetches, checks and sends them. */
export function createGuide(stage, places) {
  const panel = byId("tour");
  let at = null;

  async function open(number) {
    const step = STEPS[number - 1];
    const mine = { number, step, done: [], isBusy: true };
    at = mine;
    history.replaceState(null, "", `#tour=${number}`);
    panel.hidden = false;
    document.body.dataset.tour = number;
    await stage.load(places.fill(step.policy), step.fetch);
    if (step.clearsCache) await clearCache();
    if (at !== mine) return;
    at.isBusy = false;
    draw();
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  }

  function leave() {
    at = null;
    panel.hidden = true;
    panel.replaceChildren();
    delete document.body.dataset.tour;
    stage.left();
  }

  async function play(index) {
    if (at.isBusy) return;
    const mine = at;
    at.isBusy = true;
    draw();
    const outcome = await perform(at.step, index);
    if (at !== mine) return;
    at.isBusy = false;
    at.done = [...at.done.slice(0, index), { asExpected: outcome === at.step.moves[index].expect }];
    draw();
    panel.querySelector("[data-next]")?.focus({ preventScroll: true });
    reveal(index);
  }

  /** Brings what was told into sight, and the verdict after it, where one of them is not. */
  function reveal(index) {
    const told = panel.querySelectorAll(".move")[index];
    const isSeen = told.getBoundingClientRect().top >= 0;
    const isVerdictSeen = byId("verdict").getBoundingClientRect().bottom <= innerHeight;
    if (!isSeen || !isVerdictSeen) told.scrollIntoView({ block: "start" });
  }

  async function perform(step, index) {
    const move = step.moves[index];
    const builds = await stage.change(move.policy === undefined ? null : places.fill(move.policy), {
      ...step.fetch,
      ...move.fetch,
    });
    if (!move.send) return builds ? "built" : "refused";
    return (await stage.send())?.seen.readable ? "readable" : "kept";
  }

  function draw() {
    drawStep(
      panel,
      at,
      { open: (number) => report(open(number)), leave, play: (index) => report(play(index)) },
      places,
    );
  }

  function report(promise) {
    promise.catch(stage.failed);
  }

  return {
    open: (number) => report(open(number)),
    leave,
    isOpen: () => at !== null,
    steps: STEPS.length,
  };
}
