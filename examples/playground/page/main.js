// Puts the playground together.

import { createBuilder } from "./builder.js";
import { offerCopy } from "./clipboard.js";
import { byId } from "./dom.js";
import { createEditor } from "./editor.js";
import { closeByEscape } from "./field.js";
import { openFrames } from "./frames.js";
import { Guide } from "./guide.js";
import { caseLink, readLink } from "./link.js";
import { findPlaces } from "./places.js";
import { watchPolicy } from "./policy.js";
import { FRESH, offerPresets } from "./presets.js";
import { clearResult, setStale, showBusy, showFailure, showResult } from "./result.js";
import { scriptOf } from "./script.js";
import { sendCase } from "./send.js";

const places = await findPlaces();
const fetchFrom = openFrames(places.origins);
const editor = createEditor(edited);
const policy = watchPolicy(editor, editor.mend);
const builder = createBuilder(places.origins, changed);
const guide = new Guide({ load, change, send, left: updateLink, failed: showFailure }, places);
let sending = null;
let shown = null;

offerPresets((preset) => editor.write(places.fill(preset)));
closeByEscape();
byId("modifier").textContent = navigator.platform.startsWith("Mac") ? "Cmd" : "Ctrl";
byId("start-tour").addEventListener("click", startTour);
offerCopy(byId("copy-link"), linkToCopy);
offerCopy(byId("copy-script"), () => byId("script").textContent);
byId("fetch").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
byId("send-again").addEventListener("click", send);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  send();
});
addEventListener("hashchange", follow);
follow();

function follow() {
  const link = readLink(location.hash, places);
  const isTour = link.kind === "tour" && guide.open(link.step);
  const isBroken = link.kind === "broken" || (link.kind === "tour" && !isTour);
  notice(isBroken ? "This link is broken, so the playground starts fresh." : null);
  if (isTour) return;
  if (guide.isOpen) guide.leave();
  const { policy: text, fetch } = link.kind === "case" ? link : fresh();
  load(text, fetch).catch(showFailure);
}

function fresh() {
  return JSON.parse(places.fill(JSON.stringify(FRESH)));
}

function startTour() {
  guide.open(1);
}

function load(text, fetched) {
  shown = null;
  clearResult(startTour);
  return change(text, fetched);
}

/** Writes a policy, unless it is `null`, and a fetch; tells whether the policy builds. */
async function change(text, fetched) {
  builder.write(fetched);
  if (text !== null) editor.write(text);
  const { builds } = await policy.check();
  return builds;
}

function edited() {
  policy.typed();
  changed();
}

function changed() {
  byId("script").textContent = scriptOf(builder.read(), places.origins.api);
  markStale();
  updateLink();
}

function currentCase() {
  return { policy: editor.text(), fetch: builder.read() };
}

function markStale() {
  setStale(shown !== null && JSON.stringify(currentCase()) !== shown);
}

function updateLink() {
  if (guide.isOpen) return;
  history.replaceState(null, "", currentLink());
}

function currentLink() {
  return caseLink(currentCase(), places);
}

/** Sends one case at a time; whoever asks meanwhile gets what came of that one. */
function send() {
  sending ??= perform().finally(() => (sending = null));
  return sending;
}

async function perform() {
  showBusy();
  showFailure(null);
  byId("send").disabled = true;
  try {
    const { policy: text, fetch } = currentCase();
    const sent = await sendCase(text, fetch, fetchFrom, places.origins);
    showResult(sent, mend);
    shown = JSON.stringify({ policy: text, fetch });
    markStale();
    reveal();
    return sent;
  } catch (error) {
    showFailure(error);
    return null;
  } finally {
    byId("send").disabled = false;
  }
}

/** Brings the verdict into sight; the guide does so for the tour. */
function reveal() {
  if (guide.isOpen) return;
  const { top, bottom } = byId("verdict").getBoundingClientRect();
  if (top >= 0 && bottom <= innerHeight) return;
  byId("result").scrollIntoView({ block: "start" });
}

function linkToCopy() {
  return new URL(guide.isOpen ? location.hash : currentLink(), location.href).href;
}

/** Writes what a result offers; the next thing to do is to send it. */
function mend(text) {
  editor.write(text);
  byId("send-again").focus({ preventScroll: true });
}

function notice(text) {
  const place = byId("notice");
  place.hidden = text === null;
  place.textContent = text ?? "";
}
