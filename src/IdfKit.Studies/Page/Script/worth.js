// What each choice is worth: the mean of the figure for each value of a parameter.

const MOST_WORTH = 12, MOST_VALUES = 12, BINS = 8;

/** { column, points: [[text, mean, rows, mark]], worth } of a parameter; null where there is nothing to compare. */
function worthOf(column, figure) {
  const groups = groupsOf(column);
  if (!groups) return null;
  const sums = groups.texts.map(() => 0), rows = groups.texts.map(() => 0);
  for (const row of ranked) {
    const group = groups.of(row);
    sums[group] += figure.values[row];
    rows[group]++;
  }
  const points = groups.texts.map((text, at) => [text, sums[at] / rows[at], rows[at], groups.marks?.[at] ?? text])
    .filter(point => point[2] > 0);
  if (points.length < 2) return null;
  const [least, most] = extentOf(points.map(point => point[1]));
  return { column, points, worth: most - least };
}

/** Rows by the value of a column, or by ranges of it that hold about as many rows each. */
function groupsOf(column) {
  const { values, distinct } = column;
  const hasGaps = values.some(value => value !== value);
  const gap = hasGaps ? ["as in the base"] : [];
  if (distinct && distinct.length <= MOST_VALUES) {
    const places = new Map(distinct.map((value, at) => [value, at + gap.length]));
    return { texts: [...gap, ...distinct.map(value => textOf(column, value))], of: row => places.get(values[row]) ?? 0 };
  }
  if (column.isText) return null;
  const ordered = Float64Array.from(ranked, row => values[row]).filter(value => value === value).sort();
  const edges = [...new Set(Array.from({ length: BINS - 1 }, (_, at) => ordered[Math.floor((at + 1) / BINS * ordered.length)]))];
  const bounds = [column.min, ...edges, column.max];
  const texts = bounds.slice(1).map((to, at) => `${short(bounds[at])} to ${short(to)}`);
  const marks = bounds.slice(1).map((to, at) => short((bounds[at] + to) / 2));
  const binOf = value => {
    let at = 0;
    while (at < edges.length && value >= edges[at]) at++;
    return at + gap.length;
  };
  return { texts: [...gap, ...texts], marks: [...gap, ...marks], of: row => values[row] === values[row] ? binOf(values[row]) : 0 };
}

function showWorth() {
  const figure = figureColumn();
  const all = parameters.map(column => worthOf(column, figure)).filter(worth => worth !== null).sort((a, b) => b.worth - a.worth);
  const shown = all.slice(0, MOST_WORTH);
  const [low, high] = extentOf(shown.flatMap(worth => worth.points.map(point => point[1])));
  byId("worth-charts").replaceChildren(...shown.map(worth => worthChart(worth, figure, low, high)));
  const left = all.length > shown.length ? " " + say("worthLeft", count(all.length - shown.length)) : "";
  const name = figure.label[0].toLowerCase() + figure.label.slice(1);
  byId("worth-note").textContent = shown.length ? say("worth", name) + left : say("worthNone");
}

function worthChart({ column, points, worth }, figure, low, high) {
  const width = 300, height = 165, left = 44, right = 10, top = 10, bottom = 134;
  const y = value => high > low ? bottom - (value - low) / (high - low) * (bottom - top) : (top + bottom) / 2;
  const slot = (width - left - right) / points.length, x = at => left + slot * (at + 0.5);
  const label = `${fullName(column)}: ` + points.map(point => `${point[0]}: ${short(point[1])} ${figure.unit ?? ""}`.trim()).join("; ");
  const chart = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  for (const tick of ticksOf(low, high, 4)) {
    chart.append(draw("line", { x1: left, x2: width, y1: y(tick), y2: y(tick), class: "grid" }));
    chart.append(draw("text", { x: left - 5, y: y(tick) + 4, "text-anchor": "end" }, tickText(tick)));
  }
  const line = points.map((point, at) => `${x(at).toFixed(1)},${y(point[1]).toFixed(1)}`).join(" ");
  if (!column.isText) chart.append(draw("polyline", { class: "trend", points: line })); // words have nothing between them
  const every = Math.ceil(points.length * 34 / (width - left - right));
  points.forEach(([text, mean, rows, mark], at) => {
    const dot = draw("circle", { cx: x(at), cy: y(mean), r: 4.5, class: "dot" });
    dot.append(draw("title", {}, `${text}: ${short(mean)} ${figure.unit ?? ""} (${count(rows)} variants)`));
    if (column.isText) chart.append(draw("line", { class: "stem", x1: x(at), x2: x(at), y1: y(mean), y2: bottom }));
    chart.append(dot);
    if (at % every === 0) chart.append(draw("text", { x: x(at), y: 153, "text-anchor": "middle" }, fit(mark, slot * every - 5)));
  });
  const caption = make("figcaption", { title: fullName(column) },
    make("b", {}, fit(column.label, 200, true)), ` is worth ${short(worth)} ${figure.unit ?? ""}`, make("small", {}, column.of ?? ""));
  return make("figure", {}, caption, chart);
}
