// The rows of the page. A column has { label, of, unit, role, less, isText, values, words, distinct, min, max }: its numbers in a
// Float64Array with NaN where nothing stands; of texts the place among its words, which are in order.

const data = JSON.parse(document.getElementById("study").textContent);
const rowCount = data.names.length;
const byId = id => document.getElementById(id);

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const MOST_DISTINCT = 64;

function columnOf(raw, index) {
  const column = { ...raw, index, isText: raw.text === true, isParameter: raw.role === "parameter" };
  const codes = raw.same ? new Int32Array(rowCount) : raw.at;
  if (column.isText) {
    const order = raw.words.map((_, at) => at).sort((a, b) => collator.compare(raw.words[a], raw.words[b]) || a - b);
    const places = new Int32Array(order.length);
    order.forEach((from, to) => { places[from] = to; });
    column.words = order.map(from => raw.words[from]);
    column.values = Float64Array.from(codes, code => code < 0 ? NaN : places[code]);
  } else if (raw.words) {
    column.values = Float64Array.from(codes, code => code < 0 ? NaN : raw.words[code]);
  } else {
    column.values = Float64Array.from(raw.values, value => value ?? NaN);
  }
  [column.min, column.max] = extentOf(column.values);
  column.distinct = distinctOf(column.values);
  return column;
}

function extentOf(values) {
  let min = Infinity, max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? [min, max] : [NaN, NaN];
}

/** The different numbers, ascending; null where there are too many to speak of each. */
function distinctOf(values) {
  const seen = new Set();
  for (const value of values) {
    if (value !== value) continue;
    seen.add(value);
    if (seen.size > MOST_DISTINCT) return null;
  }
  return [...seen].sort((a, b) => a - b);
}

const columns = data.columns.map(columnOf);
const parameters = columns.filter(column => column.isParameter);
const isCompleted = Uint8Array.from(data.status.at, code => data.status.words[code] === "completed" ? 1 : 0);
const statusOf = row => data.status.words[data.status.at[row]];

// --- words

const formats = [0, 1, 2, 3, 4, 5, 6].map(decimals =>
  new Intl.NumberFormat("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));

/** About three digits that say something: 0.12, 4.7, 278. */
function short(value) {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return "–";
  if (size >= 1e12 || (size > 0 && size < 0.005)) return String(Number(value.toPrecision(2)));
  return formats[size >= 99.95 || size === 0 ? 0 : size >= 0.995 ? 1 : 2].format(value);
}

/** A value of a column as a cell shows it. */
function textOf(column, value) {
  if (value !== value) return "";
  if (column.isText) return column.words[value] ?? "";
  if (column.isParameter) return String(Number(value.toPrecision(10)));
  return Math.abs(value) < 1e12 ? formats[column.decimals].format(value + 0) : short(value);
}

const withUnit = (column, value) => textOf(column, value) + (column.unit ? " " + column.unit : "");
const nameOf = column => column.unit ? `${column.label}, ${column.unit}` : column.label;
const fullName = column => nameOf(column) + (column.of ? ` of ${column.of}` : "");
const count = number => formats[0].format(number);

/** A sentence of the page with its values. */
const say = (name, ...values) => data.say[name].replace(/\{(\d)\}/g, (_, at) => values[at] ?? "");

const hasReport = row => !["not_run", "running", "unknown"].includes(statusOf(row));
const reportOf = row => `./runs/${encodeURIComponent(data.names[row])}/report.html`;
