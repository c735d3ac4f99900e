// Leads through the tour: which step, which move, and what came of it.

import { byId } from "./dom.js";
import { clearCache } from "./server.js";
import { STEPS } from "./tour.js";
import { drawStep } from "./tour-panel.js";

/** The tour; its stage loads policies and fetches, checks and sends them. */
export class Guide {
  #panel = byId("tour");
  #stage;
  #places;
  #at = null;

  constructor(stage, places) {
    this.#stage = stage;
    this.#places = places;
  }

  get isOpen() {
    return this.#at !== null;
  }

  /** Opens a step, counted from one, and tells whether there is such a step. */
  open(number) {
    const step = STEPS[number - 1];
    if (step) this.#report(this.#open(number, step));
    return step !== undefined;
  }

  leave() {
    this.#at = null;
    this.#panel.hidden = true;
    this.#panel.replaceChildren();
    delete document.body.dataset.tour;
    this.#stage.left();
  }

  async #open(number, step) {
    const at = { number, step, done: [], isBusy: true };
    this.#at = at;
    history.replaceState(null, "", `#tour=${number}`);
    this.#panel.hidden = false;
    document.body.dataset.tour = number;
    await this.#stage.load(this.#places.fill(step.policy), step.fetch);
    if (step.clearsCache) await clearCache();
    if (this.#at !== at) return;
    at.isBusy = false;
    this.#draw();
    this.#panel.focus({ preventScroll: true });
    this.#panel.scrollIntoView({ block: "nearest" });
  }

  async #play(index) {
    const at = this.#at;
    if (at.isBusy) return;
    at.isBusy = true;
    this.#draw();
    const outcome = await this.#perform(at.step.fetch, at.step.moves[index]);
    if (this.#at !== at) return;
    at.isBusy = false;
    const asExpected = outcome === at.step.moves[index].expect;
    at.done = [...at.done.slice(0, index), { asExpected }];
    this.#draw();
    this.#reveal(index);
  }

  async #perform(fetched, move) {
    const policy = move.policy === undefined ? null : this.#places.fill(move.policy);
    const builds = await this.#stage.change(policy, { ...fetched, ...move.fetch });
    if (!move.send) return builds ? "built" : "refused";
    const sent = await this.#stage.send();
    return sent?.seen.readable ? "readable" : "kept";
  }

  /** Brings what was told into sight, and the verdict after it, where one of them is not. */
  #reveal(index) {
    this.#panel.querySelector("[data-next]")?.focus({ preventScroll: true });
    const told = this.#panel.querySelectorAll(".move")[index];
    const isSeen = told.getBoundingClientRect().top >= 0;
    const isVerdictSeen = byId("verdict").getBoundingClientRect().bottom <= innerHeight;
    if (!isSeen || !isVerdictSeen) told.scrollIntoView({ block: "start" });
  }

  #draw() {
    const act = {
      open: (number) => this.open(number),
      leave: () => this.leave(),
      play: (index) => this.#report(this.#play(index)),
    };
    drawStep(this.#panel, this.#at, act, this.#places);
  }

  #report(promise) {
    promise.catch(this.#stage.failed);
  }
}
