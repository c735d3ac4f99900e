// What to start from.

import { byId, node } from "./dom.js";

/** The case of a page that no link asks for: a preflight that is refused. */
export const FRESH = {
  policy: `# Which pages may read? This serves as you type.
allow_origins = ["{app}"]
allow_methods = ["PUT"]
`,
  fetch: {
    from: "app",
    method: "PUT",
    path: "/echo",
    headers: [["authorization", "Bearer token"]],
    body: { type: "json", text: '{ "city": "Oslo" }' },
    credentials: "same-origin",
  },
};

const PRESETS = {
  "Nothing allowed": `# No page of another origin may read anything.
`,
  "One origin": `# Pages of one origin may read.
allow_origins = ["{app}"]
`,
  "Any origin": `# Any page may read what the API tells everyone.
allow_origins = "*"
`,
  "With cookies": `# Pages of one origin may read what the API tells the signed-in user.
allow_origins = ["{app}"]
allow_credentials = true
`,
  "Subdomains and localhost ports": `# "*." is one or more labels, ":*" any port.
allow_origins = [
  "https://example.com",
  "https://*.example.com",
  "http://localhost:*",
]
allow_methods = ["PUT", "DELETE"]
allow_headers = ["authorization", "content-type"]
max_age = "10m"
`,
  "gRPC-Web": `# What pages need to call gRPC-Web services.
allow_origins = ["{app}"]
grpc_web = true
`,
  Connect: `# What pages need to call Connect services.
allow_origins = ["{app}"]
connect = true
`,
  MCP: `# What pages need to speak to an MCP server; requests of other origins are not run.
allow_origins = ["{app}"]
mcp = true
`,
};

/** Fills the menu; a choice is handed to `write`. */
export function offerPresets(write) {
  const menu = byId("preset");
  menu.append(...Object.keys(PRESETS).map((name) => node("option", { value: name }, name)));
  menu.addEventListener("change", () => {
    const policy = PRESETS[menu.value];
    menu.value = "";
    if (policy !== undefined) write(policy);
  });
}
