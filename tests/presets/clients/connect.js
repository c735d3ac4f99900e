// The Connect client of its project.

import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";

import { Greeter } from "./descriptors.js";
import { runEach } from "./steps.js";

const PATIENCE = 30_000;

window.page = (api) => {
  const client = createClient(Greeter, createConnectTransport({ baseUrl: api, useHttpGet: true }));
  let trailers;
  const onTrailer = (received) => (trailers = received);
  const timeoutMs = PATIENCE;
  return runEach({
    async get() {
      const { value } = await client.greet({ value: "page" }, { onTrailer });
      return { value, cost: trailers.get("cost") };
    },
    async getWithTimeout() {
      return (await client.greet({ value: "page" }, { timeoutMs })).value;
    },
    async post() {
      const { value } = await client.rename({ value: "page" }, { onTrailer, timeoutMs });
      return { value, cost: trailers.get("cost") };
    },
    async postWithMetadata() {
      return (await client.rename({ value: "page" }, { headers: { "x-tenant": "t" } })).value;
    },
    async error() {
      try {
        await client.rename({ value: "nobody" });
      } catch (error) {
        if (!(error instanceof ConnectError) || error.code === Code.Unknown) throw error;
        return { code: Code[error.code], message: error.rawMessage };
      }
    },
    async stream() {
      const letters = [];
      for await (const { value } of client.spell({ value: "page" }, { onTrailer }))
        letters.push(value);
      return { letters, cost: trailers.get("cost") };
    },
  });
};
