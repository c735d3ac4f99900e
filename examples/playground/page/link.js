// Links that hold a policy and a fetch, at whatever ports the playground runs.

/** Reads what a link asks for: `case`, `tour`, `none`, or `broken`. */
export function readLink(hash, places) {
  if (hash.startsWith("#tour=")) return readStep(hash.slice("#tour=".length));
  if (!hash.startsWith("#case=")) return { kind: "none" };
  try {
    const { policy, fetch } = JSON.parse(places.fill(decode(hash.slice("#case=".length))));
    if (typeof policy === "string" && isFetch(fetch)) return { kind: "case", policy, fetch };
  } catch {
    // Told as broken, like what has another shape.
  }
  return { kind: "broken" };
}

export function caseLink({ policy, fetch }, places) {
  return `#case=${encode(places.restore(JSON.stringify({ policy, fetch })))}`;
}

function readStep(text) {
  return /^[1-9]\d*$/.test(text) ? { kind: "tour", step: Number(text) } : { kind: "broken" };
}

function isFetch(fetched) {
  const { from, method, path, headers, body, credentials } = fetched ?? {};
  return (
    ["app", "other", "stranger"].includes(from) &&
    [method, path, body?.text].every((text) => typeof text === "string") &&
    ["none", "text", "json", "form"].includes(body.type) &&
    ["omit", "same-origin", "include"].includes(credentials) &&
    Array.isArray(headers) &&
    headers.every(
      (pair) =>
        Array.isArray(pair) && pair.length === 2 && pair.every((text) => typeof text === "string"),
    )
  );
}

function encode(text) {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) =>
    String.fromCharCode(byte),
  ).join("");
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decode(text) {
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(
    Uint8Array.from(bytes, (char) => char.charCodeAt(0)),
  );
}
