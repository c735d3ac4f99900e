// The four origins, and the placeholders that stand for them in policies, links and texts.

import { readPlaces } from "./server.js";

export const ROLES = {
  app: "this page: same site as the API",
  other: "another port: same site as the API",
  stranger: "another host: another site",
};

/** Asks where the playground runs. */
export async function findPlaces() {
  const origins = await readPlaces();
  const pairs = Object.entries(origins).flatMap(([name, origin]) => [
    [`{${name}}`, origin],
    [`{${name}_port}`, new URL(origin).port],
  ]);
  return { origins, fill: (text) => fill(text, pairs), restore: (text) => restore(text, origins) };
}

function fill(text, pairs) {
  return pairs.reduce(
    (filled, [placeholder, value]) => filled.replaceAll(placeholder, value),
    text,
  );
}

/** Leaves a longer port alone that begins with the same digits. */
function restore(text, origins) {
  return Object.entries(origins).reduce((restored, [name, origin]) => {
    const exactly = new RegExp(`${origin.replaceAll(".", "\\.")}(?!\\d)`, "g");
    return restored.replace(exactly, `{${name}}`);
  }, text);
}
