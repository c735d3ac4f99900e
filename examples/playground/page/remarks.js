// The list of what is wrong with the policy, or surely not meant, with what to write instead.

import { button, node } from "./dom.js";

const KINDS = { problem: "Problem", syntax: "No TOML", warning: "Warning" };

/** Shows the remarks; hovering or focusing one marks its place in the editor. */
export function showRemarks(list, remarks, editor, fix) {
  list.setAttribute("aria-busy", "false");
  list.replaceChildren(...remarks.map((remark, index) => item(remark, index, editor, fix)));
}

function item(remark, index, editor, fix) {
  const point = () => editor.point(index);
  const leave = () => editor.point(null);
  return node(
    "li",
    {
      class: "remark",
      "data-remark": remark.code,
      "data-kind": remark.kind,
      onmouseenter: point,
      onmouseleave: leave,
      onfocusin: point,
      onfocusout: leave,
    },
    node("span", { class: "remark-kind" }, KINDS[remark.kind] ?? remark.kind),
    text(remark, editor),
    node(
      "div",
      { class: "fixes" },
      remark.fixes.map((offer) => fixButton(offer, fix)),
    ),
  );
}

function text(remark, editor) {
  if (remark.from === null) return node("p", { class: "remark-text" }, remark.text);
  const select = () => editor.select(remark.from, remark.to);
  const title = "Select its place in the policy";
  return button(remark.text, { class: "remark-text plain", title, onclick: select });
}

/** Makes the button that writes a mended policy. */
export function fixButton({ label, policy }, fix) {
  const click = () => fix(policy);
  return button(label, { class: "fix", "data-fix": label, onclick: click });
}
