// Checks the policy as it is typed; the server puts it into service if it builds.

import { byId, node } from "./dom.js";
import { showRemarks } from "./remarks.js";
import { putPolicy } from "./server.js";

const PAUSE = 200;
const SERVING = {
  checking: "checking this policy",
  kept: "not serving: the last policy that built goes on",
  serving: "serving this policy",
};

/** Returns what watches the editor: `typed` after a change, `check` for the answer at once. */
export function watchPolicy(editor, fix) {
  let pause = 0;
  let latest = Promise.resolve(null);

  function check() {
    clearTimeout(pause);
    const text = editor.text();
    const asked = putPolicy(text);
    latest = asked;
    // A fix is a whole policy: it would take back what was typed since.
    const mend = (mended) => editor.text() === text && fix(mended);
    asked.then(
      (answer) => latest === asked && show(editor, answer, mend),
      (error) => latest === asked && say("kept", `not serving: ${error.message}`),
    );
    return asked;
  }

  return {
    check,
    typed: () => {
      say("checking", SERVING.checking);
      byId("remarks").setAttribute("aria-busy", "true");
      clearTimeout(pause);
      pause = setTimeout(check, PAUSE);
    },
  };
}

function show(editor, answer, fix) {
  const state = answer.builds ? "serving" : "kept";
  say(state, SERVING[state], answer.change);
  editor.mark(answer.remarks);
  showRemarks(byId("remarks"), answer.remarks, editor, fix);
}

function say(state, text, change = null) {
  const serving = byId("serving");
  serving.dataset.serving = state;
  const told = change === null ? null : node("span", { "data-change": true }, change);
  serving.replaceChildren(...[node("span", {}, text), told].filter(Boolean));
}
