// One column against another, a point for each variant.

const scatter = { points: null };
const PAIR = { left: 62, right: 16, top: 12, bottom: 46 };

/** Columns whose few values can be told apart by colour and shape. */
const kindColumns = () => columns.filter(column => column.distinct?.length > 1 && column.distinct.length <= SHAPES.length);

function layOutScatter() {
  const box = byId("scatter");
  if (choice.x === null || choice.y === null) return;
  if (!scatter.stage) scatter.stage = stageOf(box, "");
  const width = Math.max(box.clientWidth, 240);
  resize(scatter.stage, width, Math.round(Math.min(Math.max(width * 0.45, 280), 480)));
  drawScatterAxes();
  drawPoints();
}

/** Where the values of a column are, with some room beyond them. */
function lineOf(column, from, to) {
  const size = column.max - column.min, room = size > 0 ? size * (column.isText ? 0.06 : 0.04) : 0.5;
  const [low, high] = [column.min - room, column.max + room];
  return { low, high, at: value => from + (value - low) / (high - low) * (to - from) };
}

function drawScatterAxes() {
  const { stage } = scatter, { width, height, svg } = stage, [x, y] = [columns[choice.x], columns[choice.y]];
  const [left, right, top, bottom] = [PAIR.left, width - PAIR.right, PAIR.top, height - PAIR.bottom];
  const across = lineOf(x, left, right), up = lineOf(y, bottom, top);
  scatter.across = across;
  scatter.up = up;
  svg.replaceChildren();
  const widest = x.isText ? 100 : 60;
  for (const [value, text] of marksOf(x, right - left, widest)) {
    const at = across.at(value);
    svg.append(draw("line", { class: "grid", x1: at, x2: at, y1: top, y2: bottom }));
    svg.append(draw("text", { x: at, y: bottom + 17, "text-anchor": "middle" }, fit(text, widest - 6)));
  }
  for (const [value, text] of marksOf(y, bottom - top, 26)) {
    const at = up.at(value);
    svg.append(draw("line", { class: "grid", x1: left, x2: right, y1: at, y2: at }));
    svg.append(draw("text", { x: left - 6, y: at + 4, "text-anchor": "end" }, fit(text, left - 22)));
  }
  const below = { x: (left + right) / 2, y: height - 8, "text-anchor": "middle", class: "title" };
  svg.append(draw("text", below, fit(nameOf(x), right - left, true)));
  const turned = { transform: `translate(15 ${(top + bottom) / 2}) rotate(-90)`, "text-anchor": "middle", class: "title" };
  svg.append(draw("text", turned, fit(nameOf(y), bottom - top, true)));
  scatter.near = draw("g");
  svg.append(scatter.near);
  byId("pair-title").textContent = `${x.label} against ${y.label[0].toLowerCase() + y.label.slice(1)}`;
}

function drawPoints() {
  const { stage, across, up } = scatter;
  if (!stage) return;
  const { paint } = stage, [x, y] = [columns[choice.x], columns[choice.y]], kinds = choice.colour === null ? null : columns[choice.colour];
  paint.clearRect(0, 0, stage.width, stage.height);
  const isSpread = column => column.distinct && column.distinct.length <= 12 && rowCount > 60;
  const [spreadX, spreadY] = [isSpread(x) ? 9 : 0, isSpread(y) ? 6 : 0];
  scatter.points = { x: new Float32Array(rowCount), y: new Float32Array(rowCount) };
  const groups = Array.from({ length: Math.max(COLOURS, SHAPES.length) + 2 }, () => []), off = [];
  const places = kinds && new Map(kinds.distinct.map((value, at) => [value, at]));
  for (let row = 0; row < rowCount; row++) {
    scatter.points.x[row] = across.at(x.values[row]) + spreadX * spreadOf(row);
    scatter.points.y[row] = up.at(y.values[row]) + spreadY * spreadOf(row * 7 + 3);
    if (scatter.points.x[row] !== scatter.points.x[row] || scatter.points.y[row] !== scatter.points.y[row]) continue;
    if (!selected[row]) off.push(row);
    else groups[places ? places.get(kinds.values[row]) ?? groups.length - 1 : colourOf[row]].push(row);
  }
  const size = selectedCount > 3000 ? 3 : selectedCount > 600 ? 4 : 0;
  dots(off, GREYS[mode()].off, 3);
  for (let group = groups.length - 1; group >= 0; group--) {
    const isNone = places ? group === groups.length - 1 : group >= NO_COLOUR;
    const color = isNone ? GREYS[mode()].none : places ? KINDS[mode()][group] : rampAt(group / (COLOURS - 1));
    if (size || isNone) dots(groups[group], color, size || 4);
    else shapes(groups[group], color, places ? SHAPES[group] : SHAPES[0]);
  }
  describeScatter(x, y);
  showColours(kinds);

  function dots(rows, color, side) {
    paint.fillStyle = color;
    for (const row of rows) paint.fillRect(scatter.points.x[row] - side / 2, scatter.points.y[row] - side / 2, side, side);
  }
  function shapes(rows, color, shape) {
    const path = new Path2D(), outline = new Path2D(shape);
    for (const row of rows) path.addPath(outline, new DOMMatrix([1, 0, 0, 1, scatter.points.x[row], scatter.points.y[row]]));
    paint.fillStyle = color;
    paint.fill(path);
  }
}

function describeScatter(x, y) {
  const ends = column => {
    const [min, max] = extentOf(column.values.filter((_, row) => selected[row]));
    return [textOf(column, min), textOf(column, max)];
  };
  scatter.stage.svg.setAttribute("aria-label", say("scatter", saySelected(), nameOf(x), ...ends(x), nameOf(y), ...ends(y)));
}

/** What the colours mean. */
function showColours(kinds) {
  const figure = figureColumn(), ramp = make("span", { class: "ramp", "aria-hidden": "true" });
  ramp.style.background = `linear-gradient(90deg, ${[0, 1 / 3, 2 / 3, 1].map(rampAt).join()})`;
  const [low, high] = figure?.less ? ["best", "worst"] : ["lowest", "highest"];
  const key = () => figure && ranked.length
    ? [make("span", {}, `${figure.label}: ${low} ${textOf(figure, figure.values[ranked[0]])}`), ramp.cloneNode(),
      make("span", {}, `${high} ${withUnit(figure, figure.values[ranked.at(-1)])}`)]
    : [];
  byId("colours").replaceChildren(...key());
  if (!kinds) {
    byId("pair-legend").replaceChildren(...key());
    return;
  }
  byId("pair-legend").replaceChildren(...kinds.distinct.map((value, at) => {
    const shape = draw("svg", { viewBox: "-7 -7 14 14", class: "key-shape", "aria-hidden": "true" },
      draw("path", { d: SHAPES[at], fill: KINDS[mode()][at] }));
    return make("span", {}, shape, fit(`${kinds.label} ${textOf(kinds, value)}`, 260));
  }));
}

function pointAt(x, y) {
  const { points } = scatter;
  let best = -1, nearest = 12 ** 2;
  for (let row = 0; points && row < rowCount; row++) {
    if (!selected[row]) continue;
    const distance = (points.x[row] - x) ** 2 + (points.y[row] - y) ** 2;
    if (distance < nearest) [best, nearest] = [row, distance];
  }
  return best;
}

function markPoint(row) {
  const { near, points } = scatter;
  if (!near) return;
  near.replaceChildren();
  if (row < 0 || !(points.x[row] === points.x[row] && points.y[row] === points.y[row])) return;
  near.append(draw("circle", { class: "halo", cx: points.x[row], cy: points.y[row], r: 7 }));
  near.append(draw("circle", { class: "near", cx: points.x[row], cy: points.y[row], r: 7 }));
}
