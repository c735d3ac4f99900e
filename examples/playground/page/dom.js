// Makes and empties elements.

/** Makes an element; attributes that are `false` or `null` are left out, `on…` ones are listeners. */
export function node(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export function button(label, attributes) {
  return node("button", { type: "button", ...attributes }, label);
}

export function byId(id) {
  return document.getElementById(id);
}

/** Makes the options of a select from pairs of value and text. */
export function options(pairs) {
  return pairs.map(([value, text]) => node("option", { value }, text));
}

/** Takes a text whose code is between backticks. */
export function prose(text) {
  return text.split("`").map((part, index) => (index % 2 ? node("code", {}, part) : part));
}
