// Puts the parts together: what has changed is drawn again, once for each frame.

const waiting = new Set();

/** Says what has changed: figure, columns, selection, sort, page, pair, size, all. */
function update(...parts) {
  if (waiting.size === 0) requestAnimationFrame(() => {
    const changed = new Set(waiting);
    waiting.clear();
    show(changed);
    writeAddress();
  });
  for (const part of parts) waiting.add(part);
}

function show(changed) {
  const has = (...parts) => parts.some(part => changed.has(part)) || changed.has("all");
  near(-1, null);
  if (has("figure")) rank();
  if (has("selection")) select();
  if (has("sort")) sortRows();
  if (has("figure") && figureColumn()) {
    showWorth();
    showExtremes();
  } else if (has("columns") && figureColumn()) {
    showExtremes();
  }
  if (has("columns")) showRanges();
  if (has("columns", "size")) layOutParallel();
  else if (has("figure", "selection")) drawLines();
  if (has("pair", "size")) layOutScatter();
  else if (has("figure", "selection")) drawPoints();
  if (has("selection")) {
    placeRanges();
    refreshRanges();
    byId("clear").disabled = choice.ranges.size === 0 && choice.query === "";
    if (byId("query").value !== choice.query) byId("query").value = choice.query;
  }
  if (has("columns", "sort")) showHeads();
  if (has("columns", "sort", "selection", "page")) showRows();
  document.documentElement.dataset.drawn = Number(document.documentElement.dataset.drawn ?? 0) + 1;
}

// --- what is under the pointer

const tip = make("div", { id: "tip", hidden: "" });
let marked = -1, isPinned = false;

/** Marks a variant in both pictures; with a place, says beside it what it is. */
function near(row, place) {
  if (isPinned) return;
  if (row !== marked) {
    markLine(row);
    markPoint(row);
    marked = row;
    tip.hidden = true;
  }
  if (row < 0 || !place) return;
  if (tip.hidden) {
    const list = make("dl");
    for (const column of choice.shown.slice(0, 14).map(index => columns[index]))
      list.append(make("dt", {}, fit(column.label, 160)), make("dd", {}, fit(withUnit(column, column.values[row]) || "–", 160)));
    tip.replaceChildren(make("b", {}, linkTo(row)), isCompleted[row] ? "" : `: ${statusOf(row).replaceAll("_", " ")}`, list);
    tip.hidden = false;
  }
  const { offsetWidth: width, offsetHeight: height } = tip;
  tip.style.left = Math.max(4, Math.min(place.clientX + 14, innerWidth - width - 6)) + "px";
  tip.style.top = Math.max(4, place.clientY + 16 + height > innerHeight ? place.clientY - height - 12 : place.clientY + 16) + "px";
}

function pin(is) {
  isPinned = is && marked >= 0;
  tip.classList.toggle("pinned", isPinned);
  if (!isPinned) near(-1, null);
}

function listenToPointer(picture, find) {
  const { svg } = picture;
  const rowAt = event => {
    const box = svg.getBoundingClientRect();
    return find((event.clientX - box.left) * picture.width / box.width, (event.clientY - box.top) * picture.height / box.height);
  };
  svg.addEventListener("pointermove", event => { if (event.buttons === 0) near(rowAt(event), event); });
  svg.addEventListener("pointerleave", () => near(-1, null));
  svg.addEventListener("click", event => {
    if (event.target.matches(".hit, .range-box")) return;
    pin(false);
    near(rowAt(event), event);
    pin(true);
  });
}

// --- begin

function redraw(printing) {
  isPrinting = printing;
  parallel.off = null;
  drawLines();
  drawPoints();
}

function start() {
  for (const id of ["figures", "all", "pair"]) if (byId(id)) byId(id).hidden = false;
  for (const each of document.querySelectorAll("#rows [hidden]")) each.hidden = false;
  for (const each of document.querySelectorAll(".plain")) each.hidden = true;
  document.body.append(tip);
  keepInitial();
  readAddress();
  rank();
  if (choice.colour === null && figureColumn()) {
    const worth = kindColumns().filter(column => column.isParameter).map(column => worthOf(column, figureColumn())).filter(each => each);
    initial.colour = worth.sort((a, b) => b.worth - a.worth)[0]?.column.index ?? null;
    if (!new URLSearchParams(location.hash.slice(1)).has("colour")) choice.colour = initial.colour;
  }
  fillLists();
  showColumnChoice();
  listenToChoices();
  listenToTable();
  show(new Set(["all"]));
  listenToPointer(parallel.stage, lineAt);
  if (scatter.stage) listenToPointer(scatter.stage, pointAt);
  addEventListener("hashchange", () => {
    readAddress();
    showLists();
    showColumnChoice();
    update("all");
  });
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    update("size");
  });
  addEventListener("keydown", event => { if (event.key === "Escape") pin(false); });
  addEventListener("pointerdown", event => { if (isPinned && !tip.contains(event.target)) pin(false); });
  prefersDark.addEventListener("change", () => redraw(isPrinting));
  addEventListener("beforeprint", () => redraw(true));
  addEventListener("afterprint", () => redraw(false));
}

start();
