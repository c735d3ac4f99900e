// The MCP clients of its project, one for each kind of revision.

import { Client as SessionClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as SessionTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ToolListChangedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

import { runUntilFailure } from "./steps.js";

const INFO = { name: "page", version: "1.0.0" };
const COUNT = { name: "count", arguments: {} };
const PATIENCE = 30_000;

const authorized = { requestInit: { headers: { Authorization: "Bearer token" } } };

const inTime = (promise) =>
  Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error("nothing came")), PATIENCE)),
  ]);

const text = ({ content }) => content.map((part) => part.text);

/** Revisions up to 2025-11-25. */
const withSession = (api) => {
  const transport = new SessionTransport(new URL(`${api}/mcp`), authorized);
  const client = new SessionClient(INFO);
  const changed = new Promise((resolve) =>
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => resolve("tools")),
  );
  let token;
  return {
    async connect() {
      await client.connect(transport);
      return typeof transport.sessionId;
    },
    async listen() {
      return inTime(changed);
    },
    async call() {
      const progress = [];
      const options = {
        onprogress: (made) => progress.push(made.progress),
        onresumptiontoken: (received) => (token = received),
      };
      const said = text(await client.callTool(COUNT, undefined, options));
      return { progress, said, resumable: typeof token };
    },
    async resume() {
      if (token === undefined) throw new Error("no event had an id");
      await transport.resumeStream(token);
    },
    async end() {
      await transport.terminateSession();
      return transport.sessionId ?? "no session";
    },
    async close() {
      await client.close();
    },
  };
};

/** Revisions from 2026-07-28 on. */
const withoutSession = (api) => {
  const transport = new StreamableHTTPClientTransport(new URL(`${api}/mcp`), authorized);
  const client = new Client(INFO, { versionNegotiation: { mode: { pin: "2026-07-28" } } });
  return {
    async connect() {
      await client.connect(transport);
      return transport.sessionId ?? "no session";
    },
    async call() {
      const progress = [];
      const onprogress = (made) => progress.push(made.progress);
      return { said: text(await client.callTool(COUNT, { onprogress })), progress };
    },
    async close() {
      await client.close();
    },
  };
};

/** A server that wants a token says where its issuer is to be asked for; here the trail ends. */
const unauthorized = (api) => ({
  async discover() {
    const asked = [];
    const authProvider = {
      redirectUrl: location.href,
      clientMetadata: { redirect_uris: [location.href] },
      clientInformation: () => undefined,
      tokens: () => undefined,
    };
    const options = {
      authProvider,
      fetch(url, init) {
        asked.push(new URL(url).pathname);
        return fetch(url, init);
      },
    };
    const transport = new SessionTransport(new URL(`${api}/protected`), options);
    const connecting = new SessionClient(INFO).connect(transport);
    await connecting.catch((error) => {
      if (asked.length === 1) throw error;
    });
    return asked.slice(0, 2);
  },
});

window.page = async (api) => ({
  session: await runUntilFailure(withSession(api)),
  modern: await runUntilFailure(withoutSession(api)),
  unauthorized: await runUntilFailure(unauthorized(api)),
});

/** What any page can send to any server, without a preflight. */
window.form = async (api) => {
  await fetch(`${api}/mcp`, { method: "POST", mode: "no-cors", body: "{}" });
  return "sent";
};
