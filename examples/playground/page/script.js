// The JavaScript that a fetch stands for, to be pasted.

const TYPES = {
  text: null, // a string's own type, which fetch adds
  json: "application/json",
  form: "application/x-www-form-urlencoded",
};

export function scriptOf(fetched, api) {
  const url = JSON.stringify(api + fetched.path);
  const settings = [
    fetched.method !== "GET" && `method: ${JSON.stringify(fetched.method)}`,
    headersOf(fetched),
    bodyOf(fetched.body),
    fetched.credentials !== "same-origin" && `credentials: ${JSON.stringify(fetched.credentials)}`,
  ].filter(Boolean);
  const init = settings.length ? `, {\n${settings.map((line) => `  ${line},\n`).join("")}}` : "";
  return `const response = await fetch(${url}${init});\nconsole.log(await response.text());`;
}

function headersOf({ headers, body }) {
  const type = TYPES[body.type];
  const isGiven = headers.some(([name]) => name.toLowerCase() === "content-type");
  const all = type && !isGiven ? [...headers, ["content-type", type]] : headers;
  if (all.length === 0) return false;
  const names = all.map(([name]) => name.toLowerCase());
  const isRepeated = new Set(names).size < names.length;
  const lines = all.map(([name, value]) => {
    const [n, v] = [JSON.stringify(name), JSON.stringify(value)];
    return isRepeated ? `    [${n}, ${v}],\n` : `    ${n}: ${v},\n`;
  });
  return isRepeated ? `headers: [\n${lines.join("")}  ]` : `headers: {\n${lines.join("")}  }`;
}

function bodyOf({ type, text }) {
  return type !== "none" && `body: ${JSON.stringify(text)}`;
}
