// The control endpoints of the playground's server.

export async function readPlaces() {
  return answer(await fetch("/places"));
}

/** Checks a policy, and puts it into service if it builds. */
export async function putPolicy(policy) {
  return answer(await fetch("/policy", { method: "PUT", body: policy }));
}

/** Opens a case: where it is to be sent, and what is predicted. */
export async function openCase(policy, fetched) {
  const body = JSON.stringify({ policy, fetch: fetched });
  const headers = { "content-type": "application/json" };
  return answer(await fetch("/cases", { method: "POST", headers, body }));
}

/** Reads what went over the wire in a case. */
export async function readCase(id) {
  return answer(await fetch(`/cases/${id}`));
}

export async function clearCache() {
  const response = await fetch("/cache", { method: "DELETE" });
  if (!response.ok) throw new Error(`the cache was not cleared: ${response.status}`);
}

async function answer(response) {
  if (response.ok) return response.json();
  const text = await response.text();
  throw new Error(errorIn(text) ?? `the playground's server answered ${response.status}`);
}

function errorIn(text) {
  try {
    return JSON.parse(text).error;
  } catch {
    return text || null;
  }
}
