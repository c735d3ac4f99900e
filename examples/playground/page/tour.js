// The guided tour: eight cases, each with the moves that lead through it.
//
// A move may write a policy, change the fetch, and send it. `expect` is what should come of it:
// `readable`, `kept`, or `refused` for a policy that does not build; `told` is said then.

const plain = {
  from: "app",
  method: "GET",
  path: "/hello",
  headers: [],
  body: { type: "none", text: "" },
  credentials: "same-origin",
};
const nothing = "# No page of another origin may read anything.\n";
const app = 'allow_origins = ["{app}"]\n';
const both = 'allow_origins = ["{app}", "{other}"]\n';

export const STEPS = [
  {
    title: "A simple GET",
    text: "A page of `{app}` fetches from `{api}`: another port, so another origin. A form could send such a GET too, so the browser sends it without asking. The policy only decides who may read the response.",
    policy: nothing,
    fetch: plain,
    moves: [
      {
        label: "Send",
        send: true,
        expect: "kept",
        told: "The request arrived, and the API answered 200. But the response does not name `{app}`, so the browser kept it from the script. CORS decides who reads, not what runs.",
      },
      {
        label: "Allow the origin, and send",
        policy: app,
        send: true,
        expect: "readable",
        told: "The same request; now `Access-Control-Allow-Origin` names the page's origin. A simple request needs no more.",
      },
    ],
  },
  {
    title: "JSON with a bearer token",
    text: "No form can send `application/json` or an `Authorization` header. So the browser first asks with a preflight, an OPTIONS request, whether the API knows of such requests. The policy allows the origin, and no headers yet.",
    policy: app,
    fetch: {
      ...plain,
      method: "POST",
      path: "/echo",
      headers: [["authorization", "Bearer token"]],
      body: { type: "json", text: '{ "city": "Oslo" }' },
    },
    moves: [
      {
        label: "Send",
        send: true,
        expect: "kept",
        told: "The preflight's answer names the origin but not the two headers. So the POST was never sent, and nothing ran.",
      },
      {
        label: "Allow both headers, and send",
        policy: `${app}allow_headers = ["authorization", "content-type"]\n`,
        send: true,
        expect: "readable",
        told: "Now the preflight's answer names both, and the POST followed. The preflight carried no token: that is why the layer stands before authentication.",
      },
    ],
  },
  {
    title: "Cookies",
    text: 'This page set a cookie for `localhost`. Cookies ignore ports, so it goes to the API as well, if the script asks for it with `credentials: "include"`. Then naming the origin is not enough.',
    policy: app,
    fetch: { ...plain, path: "/me", credentials: "include" },
    moves: [
      {
        label: "Send",
        send: true,
        expect: "kept",
        told: "The cookie went along, and the API knew the user. But the response does not say `Access-Control-Allow-Credentials: true`, so the browser kept it.",
      },
      {
        label: "Allow credentials, and send",
        policy: `${app}allow_credentials = true\n`,
        send: true,
        expect: "readable",
        told: "The page reads what is told to the signed-in user. Allow that only for origins that you would trust with it.",
      },
      {
        label: "Ask from another site",
        policy: 'allow_origins = ["{app}", "{stranger}"]\nallow_credentials = true\n',
        fetch: { from: "stranger" },
        send: true,
        expect: "readable",
        told: "`{stranger}` may read too, but it is another site, and the cookie says `SameSite=Lax`: it stayed home. No setting of CORS sends it.",
      },
    ],
  },
  {
    title: "Any origin, with credentials",
    text: "`*` allows any origin. A page that sends cookies may still not read the response: the Fetch standard does not let the star stand for users' data.",
    policy: 'allow_origins = "*"\n',
    fetch: { ...plain, path: "/me", credentials: "include" },
    moves: [
      {
        label: "Send",
        send: true,
        expect: "kept",
        told: "The response says `*`, and with credentials the browser takes no star. The usual next idea is to allow credentials as well.",
      },
      {
        label: "Add allow_credentials",
        policy: 'allow_origins = "*"\nallow_credentials = true\n',
        expect: "refused",
        told: "That does not build. If it meant what it says, every site on the web could read what your users see. The last policy that built goes on serving.",
      },
      {
        label: "List the origin, and send",
        policy: `${app}allow_credentials = true\n`,
        send: true,
        expect: "readable",
        told: "The response names the origin, and credentials are allowed: both are needed.",
      },
    ],
  },
  {
    title: "A slash at the end",
    text: "The address bar shows `{app}/`, and that is what gets pasted. But an origin is a scheme, a host and a port: the browser sends it without a slash, and it is compared as text.",
    policy: nothing,
    fetch: plain,
    moves: [
      {
        label: "Paste the address",
        policy: 'allow_origins = ["{app}/"]\n',
        expect: "refused",
        told: "It does not build: with the slash it would match no origin, ever. The problem says what to write.",
      },
      {
        label: "Send nevertheless",
        send: true,
        expect: "kept",
        told: "The last policy that built goes on serving, and it allowed nothing.",
      },
      {
        label: "Take the slash away, and send",
        policy: app,
        send: true,
        expect: "readable",
        told: "Without the slash it is an origin, and it matches.",
      },
    ],
  },
  {
    title: "The wrong port",
    text: "The policy allows `{other}`, and the page is at `{app}`. The host is the same, but the port is part of the origin.",
    policy: 'allow_origins = ["{other}"]\n',
    fetch: plain,
    moves: [
      {
        label: "Send",
        send: true,
        expect: "kept",
        told: "The origin is not allowed, and the layer explains what comes closest: the port differs.",
      },
      {
        label: "Allow any port, and send",
        policy: 'allow_origins = ["http://localhost:*"]\n',
        send: true,
        expect: "readable",
        told: "`:*` stands for any port. That is for development; in production list the origins of your pages.",
      },
    ],
  },
  {
    title: "A hidden header",
    text: "The API counts its list in `x-total-count`. A script sees only a few safelisted response headers, unless the server exposes others.",
    policy: app,
    fetch: { ...plain, path: "/list" },
    moves: [
      {
        label: "Send",
        send: true,
        expect: "readable",
        told: 'The body could be read, but `response.headers.get("x-total-count")` is `null`: the header came over the wire, and the browser left it out. Nothing in the console tells of it.',
      },
      {
        label: "Expose it, and send",
        policy: `${app}expose_headers = ["x-total-count"]\n`,
        send: true,
        expect: "readable",
        told: "`Access-Control-Expose-Headers` names it, so the script sees it.",
      },
    ],
  },
  {
    title: "A cache without Vary",
    text: "Two origins are allowed, and a shared cache stands before the API. Each response names the origin that asked, and `Vary: Origin` tells caches to keep them apart. This cache ignores it.",
    policy: both,
    fetch: { ...plain, path: "/cached-without-vary" },
    clearsCache: true,
    moves: [
      {
        label: "Send from the first origin",
        send: true,
        expect: "readable",
        told: "It works, and the cache keeps the response, with the name of `{app}` in it.",
      },
      {
        label: "Send from the second",
        fetch: { from: "other" },
        send: true,
        expect: "kept",
        told: "`{other}` is allowed, but the cache gave it the copy that names `{app}`. It works for one and not for the other, and which one changes with the cache.",
      },
      {
        label: "First origin, a cache that heeds Vary",
        fetch: { from: "app", path: "/cached" },
        send: true,
        expect: "readable",
        told: "This cache heeds `Vary`, and keeps the copy for this origin alone.",
      },
      {
        label: "Second origin, the same cache",
        fetch: { from: "other", path: "/cached" },
        send: true,
        expect: "readable",
        told: "No copy was there for `{other}`, so the API answered it by name. The layer sends `Vary` whenever the response depends on the origin; what stands before it has to heed it.",
      },
    ],
  },
];
