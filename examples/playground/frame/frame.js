// Fetches as a page of this origin what the playground's page asks for.
"use strict";

const { app } = document.currentScript.dataset;
const LONGEST_BODY = 4096;

addEventListener("message", async ({ data, origin, source }) => {
  if (origin === app) {
    source.postMessage({ id: data.id, ...(await perform(data)) }, app);
  }
});

async function perform({ url, init }) {
  try {
    const response = await fetch(url, { ...init, headers: new Headers(init.headers) });
    const body = (await response.text()).slice(0, LONGEST_BODY);
    return { readable: true, status: response.status, headers: [...response.headers], body };
  } catch (error) {
    return { readable: false, error: String(error) };
  }
}
