// The result of a case: verdict, what the script may not read, wire, console and opinions.

import { agreement, agreesWith, compared } from "./agreement.js";
import { byId, node } from "./dom.js";
import { wire } from "./messages.js";
import { fixButton } from "./remarks.js";
import { showNothingSent, showVerdict } from "./verdict.js";

export function showBusy() {
  byId("result").setAttribute("aria-busy", "true");
}

export function showFailure(error) {
  const told = byId("send-error");
  told.hidden = error === null;
  told.textContent = error === null ? "" : error.message;
  if (error !== null) byId("result").setAttribute("aria-busy", "false");
}

/** Shows that nothing was sent, and offers the tour. */
export function clearResult(startTour) {
  showNothingSent(startTour);
  byId("details").replaceChildren();
  delete byId("result").dataset.case;
  setStale(false);
}

/** Shows a case; `fix` writes a mended policy. */
export function showResult(sent, fix) {
  const rows = compared(sent);
  showVerdict(sent, agreesWith(rows));
  const blocks = [hidden(sent, fix), wire(sent, fix), consoleLine(sent), agreement(rows)];
  byId("details").replaceChildren(...blocks.filter(Boolean));
  const result = byId("result");
  result.dataset.case = sent.id;
  result.setAttribute("aria-busy", "false");
}

/** Tells that policy or fetch are no longer those of the result; its fixes are for that policy. */
export function setStale(isStale) {
  const isShown = isStale && byId("result").dataset.case !== undefined;
  byId("result").toggleAttribute("data-stale", isShown);
  byId("stale").hidden = !isShown;
  for (const button of byId("details").querySelectorAll(".fix")) button.disabled = isShown;
}

function consoleLine({ predictions: { shipping }, seen, messages }) {
  if (seen.readable || !shipping.console) return null;
  return node(
    "section",
    { class: "block", "data-console": true },
    node("h3", {}, "The console says"),
    node("pre", { class: "console", tabindex: "0" }, shipping.console),
    mend(messages.at(-1)?.from_cache ? HEED_VARY : shipping.fix),
  );
}

const HEED_VARY = "let the cache heed Vary: its copy was made for another origin";

/** Shows a setter as code, and advice for the page or the stack as the sentence that it is. */
function mend(fix) {
  if (fix === null) return null;
  const isSetter = fix.startsWith(".");
  const told = isSetter ? node("code", {}, fix) : fix;
  return node("p", { class: "hint" }, isSetter ? "To mend it, in Rust: " : "To mend it: ", told);
}

function hidden({ hidden: headers, expose_fix, seen }, fix) {
  if (!seen.readable || headers.length === 0) return null;
  const ofCors = ([name]) => /^(vary$|access-control-)/i.test(name);
  const sorted = [...headers.filter((header) => !ofCors(header)), ...headers.filter(ofCors)];
  const lines = sorted.map(([name, value]) =>
    node("li", { class: "field", "data-hidden-header": name.toLowerCase() }, `${name}: ${value}`),
  );
  return node(
    "section",
    { class: "block", "data-hidden": true },
    node("h3", {}, "Hidden from the script"),
    node("p", { class: "hint" }, "These came with the response, but the script does not see them."),
    node("ul", { class: "fields" }, lines),
    expose_fix ? node("div", { class: "fixes" }, fixButton(expose_fix, fix)) : null,
  );
}
