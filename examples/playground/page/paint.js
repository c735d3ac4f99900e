// Paints the policy behind its text area: colours, line numbers, and marks under what is remarked on.

import { node } from "./dom.js";
import { tokens } from "./toml.js";

/** Makes one element per line. */
export function paint(text, remarks) {
  const spans = [...tokens(text), ...marks(text, remarks)];
  let from = 0;
  return text.split("\n").map((line) => {
    const to = from + line.length;
    const painted = paintLine(text, from, to, spans);
    from = to + 1;
    return node("span", { class: "paint-line" }, painted, "\n");
  });
}

function marks(text, remarks) {
  return remarks
    .map(({ kind, from, to }, index) => ({ mark: kind, index, from, to }))
    .filter(({ from, to }) => from !== null && from <= to && to <= text.length)
    .map((mark) => (mark.from < mark.to ? mark : { ...mark, ...wholeLine(text, mark.from) }));
}

function wholeLine(text, at) {
  const from = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  return { from, to: end < 0 ? text.length : end };
}

function paintLine(text, from, to, spans) {
  const here = spans.filter((span) => span.from < to && span.to > from);
  const edges = here.flatMap((span) => [Math.max(span.from, from), Math.min(span.to, to)]);
  const cuts = [...new Set([from, ...edges, to])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index];
    const over = here.filter((span) => span.from <= start && span.to >= end);
    return piece(text.slice(start, end), over);
  });
}

function piece(text, over) {
  if (over.length === 0) return text;
  const mark = over.find((span) => span.mark);
  const token = over.find((span) => span.kind);
  const attributes = {
    class: token && `toml-${token.kind}`,
    "data-mark": mark?.mark,
    "data-index": mark?.index,
  };
  return node("span", attributes, text);
}
