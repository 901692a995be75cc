// Elements, colours, scales and lettering.

const SVG = "http://www.w3.org/2000/svg";

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function draw(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const linkTo = row => hasReport(row) ? make("a", { href: reportOf(row) }, data.names[row]) : data.names[row];

// --- colours: those of the page, which are others in the dark; paper is always light

const prefersDark = matchMedia("screen and (prefers-color-scheme: dark)");
let isPrinting = false;
const RAMPS = { light: ["#2563eb", "#0d9488", "#a87b00", "#c2410c"], dark: ["#60a5fa", "#2dd4bf", "#facc15", "#fb923c"] };
const GREYS = { light: { off: "#e3e7ec", none: "#8b95a3" }, dark: { off: "#2a323d", none: "#7d8896" } };
const KINDS = {
  light: ["#2563eb", "#0d9488", "#a87b00", "#c2410c", "#7c3aed", "#db2777"],
  dark: ["#60a5fa", "#2dd4bf", "#facc15", "#fb923c", "#a78bfa", "#f472b6"],
};
const mode = () => prefersDark.matches && !isPrinting ? "dark" : "light";

/** A colour for a place between 0, the best, and 1. */
function rampAt(part) {
  const stops = RAMPS[mode()], at = Math.min(Math.max(part, 0), 1) * (stops.length - 1), from = Math.min(Math.floor(at), stops.length - 2);
  const channel = (color, index) => parseInt(color.slice(1 + 2 * index, 3 + 2 * index), 16);
  const mixed = [0, 1, 2].map(index =>
    Math.round(channel(stops[from], index) + (channel(stops[from + 1], index) - channel(stops[from], index)) * (at - from)));
  return `rgb(${mixed.join()})`;
}

/** Shapes with centre at 0, 0 and about 10 pixels wide, so that kinds differ without colour, too. */
const SHAPES = [
  "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z", "M-4 -4h8v8h-8z", "M0 -5l5 9h-10z", "M0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z",
  "M-4.5 -1.5h3v-3h3v3h3v3h-3v3h-3v-3h-3z", "M0 5l5 -9h-10z",
];

// --- lettering

const ruler = document.createElement("canvas").getContext("2d");
ruler.font = "12px system-ui, sans-serif";
const widthOf = (text, isBold) => ruler.measureText(text).width * (isBold ? 1.08 : 1);

/** As much of a text as has room. */
function fit(text, width, isBold = false) {
  if (widthOf(text, isBold) <= width) return text;
  let low = 0, high = Math.min(text.length, 200);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (widthOf(text.slice(0, middle) + "…", isBold) <= width) low = middle;
    else high = middle - 1;
  }
  return text.slice(0, low).trimEnd() + "…";
}

// --- scales

/** Round numbers from one number to another, at most about as many as asked for. */
function ticksOf(from, to, most) {
  if (!(to > from)) return [from];
  const raw = (to - from) / Math.max(most, 1), power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5].find(each => each * power >= raw * 0.999) ?? 10);
  const ticks = [];
  for (let at = Math.ceil(from / step - 1e-6); at * step <= to + step * 1e-6 && ticks.length < 50; at++)
    ticks.push(Number((at * step).toPrecision(12)));
  return ticks;
}

/** The marks of a column's axis, with their words, that do not run into each other over so many pixels. */
function marksOf(column, pixels, gap, from = column.min, to = column.max) {
  const few = column.distinct && (column.isText || column.distinct.length <= pixels / gap);
  let marks = few ? column.distinct : ticksOf(from, to, Math.max(2, pixels / gap / 2));
  if (few && to > from) {
    const kept = [];
    for (const mark of marks)
      if (!kept.length || (mark - kept.at(-1)) / (to - from) * pixels >= gap) kept.push(mark);
    marks = kept;
  }
  return marks.map(value => [value, column.isText || column.isParameter ? textOf(column, value) : tickText(value)]);
}

const tickFormat = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });
const isPlain = value => value === 0 || (Math.abs(value) < 1e12 && Math.abs(value) >= 1e-4);
const tickText = value => isPlain(value) ? tickFormat.format(value + 0) : String(Number(value.toPrecision(3)));

/** A canvas below and a drawing above it in the same place. */
function stageOf(parent, label) {
  const canvas = make("canvas", { "aria-hidden": "true" }), svg = draw("svg", { role: "img", "aria-label": label });
  const stage = make("div", { class: "stage" }, canvas, svg);
  parent.replaceChildren(stage);
  return { stage, canvas, svg, paint: canvas.getContext("2d"), width: 0, height: 0 };
}

/** Gives a stage its size in pixels of the page; the canvas has those of the screen. */
function resize(stage, width, height) {
  const dots = Math.min(window.devicePixelRatio || 1, 2);
  Object.assign(stage, { width, height });
  stage.canvas.width = Math.round(width * dots);
  stage.canvas.height = Math.round(height * dots);
  stage.paint.setTransform(dots, 0, 0, dots, 0, 0);
  stage.stage.style.width = width + "px";
  stage.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  stage.svg.setAttribute("width", width);
  stage.svg.setAttribute("height", height);
}
