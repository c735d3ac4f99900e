// Splits TOML into what is coloured.

const KINDS = [
  ["comment", /#[^\n]*/y],
  ["string", /"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'[^'\n]*'?/y],
  ["table", /^\s*\[\[?[\w.\- ]+\]\]?/my],
  ["key", /[\w-]+(?=(?:\s*\.\s*[\w-]+)*\s*=)/y],
  ["value", /\b(?:true|false)\b|[+-]?\d[\w.:+-]*/y],
];

/** Returns kinds with their places, in order; what has no kind is left out. */
export function tokens(text) {
  const found = [];
  let at = 0;
  while (at < text.length) {
    const token = tokenAt(text, at);
    if (token) found.push(token);
    at = token ? token.to : at + 1;
  }
  return found;
}

function tokenAt(text, from) {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = from;
    const [match] = pattern.exec(text) ?? [];
    if (match) return { kind, from, to: from + match.length };
  }
  return null;
}
