// Parallel axes: a line for each variant, coloured by the figure. Ranges are dragged along the axes.

const AXES_TOP = 46, AXES_HEIGHT = 340, AXES_LEFT = 34, AXES_RIGHT = 62, NARROWEST_AXIS = 90, SPREAD = 7;
const MOST_AXES = 40, MOST_LINES = 20000, DENSE = 2000;

const parallel = { axes: [], off: null };

/** A number in [-1, 1] for a row, always the same one. */
const spreadOf = row => ((row * 2654435761 >>> 0) % 1024) / 512 - 1;

function axisOf(column, x) {
  const top = AXES_TOP, bottom = AXES_TOP + AXES_HEIGHT, size = column.max - column.min;
  const y = value => size > 0 ? bottom - (value - column.min) / size * AXES_HEIGHT : (top + bottom) / 2;
  const valueAt = place => column.min + (bottom - Math.min(Math.max(place, top), bottom)) / AXES_HEIGHT * size;
  // Bundles of one value show how many lines they have.
  const spread = column.distinct && rowCount > 30 ? Math.min(SPREAD, AXES_HEIGHT / (column.distinct.length * 3)) : 0;
  const places = new Float32Array(rowCount);
  for (let row = 0; row < rowCount; row++) places[row] = y(column.values[row]) + (spread ? spread * spreadOf(row) : 0);
  return { column, x, y, valueAt, places };
}

function layOutParallel() {
  const box = byId("parallel");
  if (!parallel.stage) parallel.stage = stageOf(box, "");
  const shown = choice.shown.slice(0, MOST_AXES).map(index => columns[index]);
  const width = Math.max(box.clientWidth, AXES_LEFT + AXES_RIGHT + NARROWEST_AXIS * (shown.length - 1));
  resize(parallel.stage, width, AXES_TOP + AXES_HEIGHT + 22);
  const step = shown.length > 1 ? (width - AXES_LEFT - AXES_RIGHT) / (shown.length - 1) : 0;
  parallel.step = step || width;
  parallel.axes = shown.map((column, at) => axisOf(column, shown.length > 1 ? AXES_LEFT + step * at : width / 2));
  parallel.off = null;
  drawAxes();
  drawLines();
}

function drawAxes() {
  const { stage: { svg }, axes, step } = parallel;
  svg.replaceChildren(...axes.map(axis => {
    const { column, x } = axis, group = draw("g");
    const isFirst = axis === axes[0] && axes.length > 1, isLast = axis === axes.at(-1) && axes.length > 1;
    const [anchor, at] = isFirst ? ["start", 2] : isLast ? ["end", parallel.stage.width - 2] : ["middle", x];
    const room = (isFirst ? step / 2 + AXES_LEFT : isLast ? step / 2 + AXES_RIGHT : parallel.step) - 16;
    group.append(draw("title", {}, fullName(column)));
    group.append(draw("text", { x: at, y: 16, "text-anchor": anchor, class: "title" }, fit(column.label, room, true)));
    group.append(draw("text", { x: at, y: 32, "text-anchor": anchor }, fit(column.of ?? column.unit ?? "", room)));
    group.append(draw("line", { class: "axisline", x1: x, x2: x, y1: AXES_TOP, y2: AXES_TOP + AXES_HEIGHT }));
    for (const [value, text] of marksOf(column, AXES_HEIGHT, 17)) {
      const width = isLast ? AXES_RIGHT - 10 : parallel.step - 14;
      group.append(draw("text", { x: x + 6, y: axis.y(value) + 4 }, fit(text, width)));
    }
    const hit = draw("rect", { class: "hit", x: x - 16, width: 32, y: AXES_TOP - 8, height: AXES_HEIGHT + 16 });
    hit.addEventListener("pointerdown", event => beginRange(event, axis));
    axis.box = draw("rect", { class: "range-box", x: x - 9, width: 18 });
    axis.box.addEventListener("pointerdown", event => beginRange(event, axis));
    group.append(hit, axis.box);
    return group;
  }));
  parallel.near = draw("g");
  svg.append(parallel.near);
  placeRanges();
}

function placeRanges() {
  for (const { column, y, box } of parallel.axes) {
    const range = choice.ranges.get(column.index);
    box.style.display = range ? "" : "none";
    if (!range) continue;
    const clamp = value => Math.min(Math.max(value, column.min), column.max);
    const [top, bottom] = [y(clamp(range[1])), y(clamp(range[0]))];
    const isOutside = range[0] > column.max || range[1] < column.min;
    box.setAttribute("y", top - 3);
    box.setAttribute("height", isOutside ? 0 : Math.max(bottom - top, 0) + 6);
  }
}

/** Draws on an axis by hand: a new range, or the old one elsewhere; a click drops it. */
function beginRange(event, axis) {
  if (event.button !== 0) return;
  event.preventDefault();
  const { column } = axis, svg = parallel.stage.svg, old = choice.ranges.get(column.index);
  const scale = svg.getBoundingClientRect().height / parallel.stage.height || 1;
  const placeOf = each => (each.clientY - svg.getBoundingClientRect().top) / scale;
  const begin = placeOf(event), isMoved = old && event.target === axis.box;
  let hasMoved = false;
  const move = each => {
    const place = placeOf(each);
    if (!hasMoved && Math.abs(place - begin) < 3) return;
    hasMoved = true;
    choice.ranges.set(column.index, isMoved ? movedRange(axis, old, begin, place) : rangeBetween(axis, begin, place));
    choice.page = 0;
    update("selection");
  };
  const end = () => {
    event.target.removeEventListener("pointermove", move);
    if (hasMoved || !old) return;
    choice.ranges.delete(column.index);
    update("selection");
  };
  event.target.setPointerCapture(event.pointerId);
  event.target.addEventListener("pointermove", move);
  event.target.addEventListener("pointerup", end, { once: true });
  event.target.addEventListener("pointercancel", end, { once: true });
}

function rangeBetween({ column, valueAt }, one, other) {
  const [from, to] = [valueAt(Math.max(one, other)), valueAt(Math.min(one, other))];
  if (column.isText) return [Math.ceil(from - 0.3), Math.floor(to + 0.3)];
  const digits = value => Number(value.toPrecision(4));
  const isAtEnd = (value, end) => Math.abs(value - end) <= (column.max - column.min) / AXES_HEIGHT;
  return [isAtEnd(from, column.min) ? column.min : digits(from), isAtEnd(to, column.max) ? column.max : digits(to)];
}

function movedRange(axis, [from, to], begin, place) {
  const { column } = axis, by = (begin - place) / AXES_HEIGHT * (column.max - column.min);
  const held = Math.min(Math.max(by, column.min - from), column.max - to);
  const round = value => column.isText ? Math.round(value) : Number(value.toPrecision(6));
  return [round(from + held), round(to + held)];
}

// --- lines

function trace(paint, row) {
  let isDown = false;
  for (const { x, places } of parallel.axes) {
    const y = places[row];
    if (y !== y) isDown = false;
    else if (isDown) paint.lineTo(x, y);
    else { paint.moveTo(x, y); isDown = true; }
  }
}

/** Everything in grey, once for a layout: what is not selected stays to be seen. */
function offPicture() {
  const { stage } = parallel;
  if (parallel.off) return parallel.off;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [stage.canvas.width, stage.canvas.height];
  const paint = canvas.getContext("2d"), every = Math.ceil(rowCount / MOST_LINES);
  paint.setTransform(stage.paint.getTransform());
  paint.strokeStyle = GREYS[mode()].off;
  paint.beginPath();
  for (let row = 0; row < rowCount; row += every) trace(paint, row);
  paint.stroke();
  return parallel.off = canvas;
}

function drawLines() {
  const { stage } = parallel, { paint } = stage;
  paint.clearRect(0, 0, stage.width, stage.height);
  if (selectedCount < rowCount) {
    paint.save();
    paint.resetTransform();
    paint.drawImage(offPicture(), 0, 0);
    paint.restore();
  }
  const every = Math.ceil(selectedCount / MOST_LINES);
  const bins = Array.from({ length: COLOURS + 1 }, () => []);
  for (let row = 0, at = 0; row < rowCount; row++) if (selected[row] && at++ % every === 0) bins[colourOf[row]].push(row);
  paint.lineWidth = selectedCount < 200 ? 1.6 : 1;
  paint.globalAlpha = selectedCount > DENSE ? 0.25 : 0.85;
  const colors = bins.map((_, bin) => bin === NO_COLOUR ? GREYS[mode()].none : rampAt(bin / (COLOURS - 1)));
  // Many lines in layers of all colours, so that none covers the others, and dense bundles are darker; the best above the others.
  const layers = selectedCount > DENSE ? Math.ceil(selectedCount / DENSE * 4) : 1;
  for (let layer = 0; layer < layers; layer++)
    for (let bin = COLOURS; bin >= 0; bin--) {
      paint.strokeStyle = colors[bin];
      paint.beginPath();
      for (let at = layer; at < bins[bin].length; at += layers) trace(paint, bins[bin][at]);
      paint.stroke();
    }
  paint.globalAlpha = 1;
  const drawn = every > 1 ? " " + say("sample", count(selectedCount), every) : "";
  const left = choice.shown.length > MOST_AXES ? " " + say("axes", count(choice.shown.length), count(MOST_AXES)) : "";
  byId("count").textContent = saySelected() + drawn + left;
  stage.svg.setAttribute("aria-label", say("parallel", saySelected(), parallel.axes.map(axis => fullName(axis.column)).join("; ")));
}

/** The selected row whose line passes a place most closely; -1: none is near. */
function lineAt(x, y) {
  const { axes } = parallel;
  const next = axes.findIndex(axis => axis.x >= x);
  if (axes.length < 2 || next < 1 || y < AXES_TOP - 10) return -1;
  const [one, other] = [axes[next - 1], axes[next]], part = (x - one.x) / (other.x - one.x);
  let best = -1, nearest = 7;
  for (let row = 0; row < rowCount; row++) {
    if (!selected[row]) continue;
    const distance = Math.abs(one.places[row] + (other.places[row] - one.places[row]) * part - y);
    if (distance < nearest) [best, nearest] = [row, distance];
  }
  return best;
}

function markLine(row) {
  const { near, axes } = parallel;
  if (!near) return;
  near.replaceChildren();
  if (row < 0) return;
  const known = axes.filter(axis => axis.places[row] === axis.places[row]);
  const points = known.map(axis => `${axis.x.toFixed(1)},${axis.places[row].toFixed(1)}`).join(" ");
  near.append(draw("polyline", { class: "halo", points }), draw("polyline", { class: "near", points }));
}
