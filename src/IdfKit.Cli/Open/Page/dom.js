// Small things that every part uses. Text of others goes into the page as text, never as markup.

export const byId = id => document.getElementById(id);

/** An element with attributes and children; a child that is no node is text. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value === true ? "" : value);
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

export function button(text, action, attributes = {}) {
  const made = make("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", action);
  return made;
}

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export const count = value => whole.format(value);
export const number = value => value === null || value === undefined ? "" : Math.abs(value) >= 100 ? whole.format(value) : short.format(value);
export const counted = (value, word) => `${count(value)} ${word}${value === 1 ? "" : "s"}`;
export const words = code => (code ?? "").replaceAll("_", " ");

export function duration(seconds) {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${short.format(seconds / 3600)} h`;
}

/** Control characters and marks of direction are shown as numbers: names are of others. */
export const clean = text => (text ?? "").replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
  one => "\\u" + one.charCodeAt(0).toString(16).padStart(4, "0"));
