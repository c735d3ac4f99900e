// The frames in which pages of the three origins fetch.

import { byId, node } from "./dom.js";

const LONGEST_WAIT = 20_000;

/** Opens a frame of each origin, and returns what makes one of them fetch. */
export function openFrames(origins) {
  const frames = {};
  for (const name of ["app", "other", "stranger"]) {
    frames[name] = openFrame(name, origins[name]);
  }
  return async (name, id, url, init) => {
    const frame = await frames[name];
    return ask(frame.contentWindow, origins[name], { id, url, init });
  };
}

function openFrame(name, origin) {
  const frame = node("iframe", {
    src: `${origin}/frame`,
    title: `a page of ${origin}`,
    "data-frame": name,
  });
  const loaded = new Promise((done) =>
    frame.addEventListener("load", () => done(frame), { once: true }),
  );
  byId("frames").append(frame);
  return loaded;
}

function ask(target, origin, message) {
  return new Promise((done, failed) => {
    const gaveUp = setTimeout(() => {
      removeEventListener("message", hear);
      failed(new Error(`the page of ${origin} did not answer`));
    }, LONGEST_WAIT);

    function hear(event) {
      if (event.source !== target || event.origin !== origin || event.data?.id !== message.id) {
        return;
      }
      clearTimeout(gaveUp);
      removeEventListener("message", hear);
      done(event.data);
    }

    addEventListener("message", hear);
    target.postMessage(message, origin);
  });
}
