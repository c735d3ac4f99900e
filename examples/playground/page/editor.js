// The policy's text area, and what is painted behind it.

import { byId } from "./dom.js";
import { paint } from "./paint.js";

/** Returns the editor; `edited` is called after each change. Only `mend` and `select` go to it. */
export function createEditor(edited) {
  const area = byId("policy-text");
  const painted = byId("policy-paint");
  const repaint = (remarks) => painted.replaceChildren(...paint(area.value, remarks));

  area.addEventListener("input", () => {
    repaint([]);
    edited();
  });
  return {
    text: () => area.value,
    mend: (text) => replace(area, text),
    write: (text) => keepingFocus(() => replace(area, text)),
    mark: repaint,
    point: (index) => point(painted, index),
    select: (from, to) => {
      area.focus();
      area.setSelectionRange(from, to);
    },
  };
}

function point(painted, index) {
  for (const mark of painted.querySelectorAll("[data-index]")) {
    mark.toggleAttribute("data-pointed", mark.dataset.index === String(index));
  }
}

/** Types the difference as a user would, so that undo takes it back. */
function replace(area, text) {
  const { from, to, middle } = difference(area.value, text);
  if (from === to && middle === "") return;
  area.focus({ preventScroll: true });
  area.setSelectionRange(from, to);
  const typed =
    middle === ""
      ? document.execCommand("delete")
      : document.execCommand("insertText", false, middle);
  if (!typed || area.value !== text) {
    area.value = text;
    area.dispatchEvent(new Event("input"));
  }
}

function difference(old, text) {
  let from = 0;
  while (from < old.length && from < text.length && old[from] === text[from]) from += 1;
  let end = 0;
  const most = Math.min(old.length, text.length) - from;
  while (end < most && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  return { from, to: old.length - end, middle: text.slice(from, text.length - end) };
}

function keepingFocus(change) {
  const focused = document.activeElement;
  change();
  document.activeElement?.blur();
  if (focused?.isConnected) focused.focus({ preventScroll: true });
}
