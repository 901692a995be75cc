// What the reader has chosen; kept in the address of the page, so that it can be sent and comes back.

const choice = {
  figure: data.figure, x: null, y: null, colour: null, shown: [...data.shown], ranges: new Map(),
  sort: "row", isDown: false, query: "", page: 0,
};
const selected = new Uint8Array(rowCount).fill(1);
let selectedCount = rowCount;

/** The rows from best to worst by the figure, those without it last; the sixteen colours by rank. */
const COLOURS = 16, NO_COLOUR = COLOURS;
let ranked = new Int32Array(0);
const colourOf = new Uint8Array(rowCount);

const figureColumn = () => choice.figure === null ? null : columns[choice.figure];

function rank() {
  colourOf.fill(NO_COLOUR);
  const figure = figureColumn();
  const rows = [];
  for (let row = 0; row < rowCount; row++) if (figure && isCompleted[row] && figure.values[row] === figure.values[row]) rows.push(row);
  rows.sort((a, b) => figure.values[a] - figure.values[b]);
  ranked = Int32Array.from(rows);
  // Equal figures have one colour.
  for (let at = 0, first = 0; at < rows.length; at++) {
    if (figure.values[rows[at]] !== figure.values[rows[first]]) first = at;
    colourOf[rows[at]] = Math.floor(first / rows.length * COLOURS);
  }
}

function select() {
  const query = choice.query.trim().toLowerCase();
  selected.fill(1);
  for (const [index, [from, to]] of choice.ranges) {
    const { values } = columns[index];
    for (let row = 0; row < rowCount; row++) if (!(values[row] >= from && values[row] <= to)) selected[row] = 0;
  }
  if (query) data.names.forEach((name, row) => { if (!name.toLowerCase().includes(query)) selected[row] = 0; });
  selectedCount = 0;
  for (let row = 0; row < rowCount; row++) selectedCount += selected[row];
}

const saySelected = () => selectedCount === rowCount ? say("all", count(rowCount)) : say("some", count(selectedCount), count(rowCount));

/** The two figures that make up most of the first one, else two figures, else what there is. */
function pairOf() {
  const named = name => columns.find(column => column.name === name && column.max > column.min);
  const pair = [named("heating_kwh_m2"), named("cooling_kwh_m2")];
  if (pair[0] && pair[1]) return pair.map(column => column.index);
  const shown = data.shown.map(index => columns[index]), figure = figureColumn();
  const up = figure ?? shown.find(column => !column.isParameter) ?? columns.at(-1);
  const across = shown.find(column => column !== up && !column.isParameter) ?? shown.find(column => column !== up) ?? up;
  return [across?.index ?? null, up?.index ?? null];
}

const initial = {};

function keepInitial() {
  [choice.x, choice.y] = pairOf();
  Object.assign(initial, { ...choice, shown: [...choice.shown], ranges: null });
}

// --- the address

const indexOf = name => columns.findIndex(column => column.name === name);

function writeAddress() {
  const parts = new URLSearchParams();
  for (const key of ["figure", "x", "y", "colour"])
    if (choice[key] !== initial[key]) parts.set(key, choice[key] === null ? "" : columns[choice[key]].name);
  if (choice.shown.join() !== initial.shown.join()) parts.set("columns", JSON.stringify(choice.shown.map(index => columns[index].name)));
  for (const [index, [from, to]] of choice.ranges) {
    const column = columns[index], end = value => column.isText ? column.words[value] : value;
    parts.append("range", JSON.stringify([column.name, end(from), end(to)]));
  }
  if (choice.sort !== initial.sort || choice.isDown)
    parts.set("sort", (choice.isDown ? "-" : "+") + (typeof choice.sort === "number" ? "." + columns[choice.sort].name : choice.sort));
  if (choice.query) parts.set("find", choice.query);
  if (choice.page) parts.set("page", choice.page + 1);
  const hash = parts.size ? "#" + parts : "";
  if (hash !== location.hash) history.replaceState(null, "", hash || location.pathname + location.search);
}

/** Takes the address for what it may be: anything. What is not understood is passed over. */
function readAddress() {
  Object.assign(choice, { ...initial, shown: [...initial.shown], ranges: new Map() });
  const parts = new URLSearchParams(location.hash.slice(1));
  const parsed = text => { try { return JSON.parse(text); } catch { return null; } };
  for (const key of ["figure", "x", "y", "colour"]) {
    const index = indexOf(parts.get(key));
    if (index >= 0 && (key !== "figure" || !columns[index].isText)) choice[key] = index;
  }
  const shown = parsed(parts.get("columns"));
  if (Array.isArray(shown)) choice.shown = [...new Set(shown.map(indexOf).filter(index => index >= 0))].sort((a, b) => a - b);
  for (const range of parts.getAll("range").map(parsed)) {
    if (!Array.isArray(range)) continue;
    const index = indexOf(range[0]);
    if (index < 0) continue;
    const [from, to] = range.slice(1).map(end => columns[index].isText ? columns[index].words.indexOf(end) : end);
    if (Number.isFinite(from) && Number.isFinite(to)) choice.ranges.set(index, [Math.min(from, to), Math.max(from, to)]);
  }
  const sort = parts.get("sort") ?? "";
  const by = sort[1] === "." ? indexOf(sort.slice(2)) : ["row", "name", "status"].indexOf(sort.slice(1)) >= 0 ? sort.slice(1) : -1;
  if (by !== -1) Object.assign(choice, { sort: by, isDown: sort[0] === "-" });
  choice.query = (parts.get("find") ?? "").slice(0, 200);
  choice.page = Math.max(0, Math.floor(Number(parts.get("page") ?? 1)) - 1) || 0;
}
