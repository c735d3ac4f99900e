// Sends a case: opened at the server, fetched by a frame, read back from the wire.

import { openCase, readCase } from "./server.js";

/** Returns all that is known of a case once the browser is done with it. */
export async function sendCase(policy, fetched, fetchFrom, origins) {
  const opened = await openCase(policy, fetched);
  const seen = await fetchFrom(fetched.from, opened.id, opened.url, opened.init);
  const recorded = await readCase(opened.id);
  return {
    policy,
    fetch: fetched,
    origin: origins[fetched.from],
    origins,
    ...opened,
    seen,
    ...recorded,
  };
}
