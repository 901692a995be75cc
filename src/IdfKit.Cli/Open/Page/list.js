// The list: only the rows that can be seen are in the page, however many runs there are.

import { byId, clean, make, number, words } from "/dom.js";
import { chosen, isFailed, isOpen, shown, view } from "/runs.js";
import { fileAddress } from "/ask.js";

const BEYOND = 6; // rows above and below those that can be seen
const columns = [
  { key: null, title: "Chosen" },
  { key: "name", title: "Model" },
  { key: "status", title: "State" },
  { key: "message", title: "What it says", isWide: true },
  { key: "site_eui_kwh_m2", title: "kWh/m²", isNumber: true, isWide: true },
  { key: "warnings", title: "Warnings", isNumber: true, isWide: true },
  { key: "seconds", title: "Seconds", isNumber: true },
];
const grid = byId("grid"), body = byId("rows");
let rowHeight = 34, changed = () => {}, opened = () => {};

/** @param onChange called when sort or choice changes; @param onOpen called with a run that is to be shown. */
export function startList(onChange, onOpen) {
  [changed, opened] = [onChange, onOpen];
  rowHeight = parseFloat(getComputedStyle(document.documentElement).fontSize) * 2.1;
  grid.addEventListener("scroll", () => requestAnimationFrame(drawRows), { passive: true });
  grid.addEventListener("keydown", press);
  body.addEventListener("click", click);
  new ResizeObserver(drawRows).observe(grid);
  drawHeads();
}

export function drawHeads() {
  const focused = [...byId("heads").querySelectorAll("button")].indexOf(document.activeElement);
  const cells = columns.map(column => {
    const cell = make("div", { role: "columnheader", class: classOf(column) });
    if (column.key === null) {
      cell.append(make("span", { class: "sr" }, column.title));
      return cell;
    }
    const isSorted = view.sort === column.key;
    if (isSorted) cell.setAttribute("aria-sort", view.isDown ? "descending" : "ascending");
    const sort = make("button", { type: "button", "data-sort": column.key }, column.title + (isSorted ? view.isDown ? " ▼" : " ▲" : ""));
    sort.addEventListener("click", () => {
      Object.assign(view, { isDown: isSorted && !view.isDown, sort: column.key });
      changed("sort");
    });
    cell.append(sort);
    return cell;
  });
  byId("heads").replaceChildren(...cells);
  byId("heads").querySelectorAll("button")[focused]?.focus(); // who sorts by keyboard goes on from there
}

const classOf = column => [column.isNumber && "n", column.isWide && "wide"].filter(Boolean).join(" ") || undefined;

export function drawRows() {
  const head = byId("heads").offsetHeight;
  const first = Math.max(0, Math.floor(grid.scrollTop / rowHeight) - BEYOND);
  const last = Math.min(shown.length, Math.ceil((grid.scrollTop + grid.clientHeight - head) / rowHeight) + BEYOND);
  body.style.height = `${shown.length * rowHeight}px`;
  grid.setAttribute("aria-rowcount", shown.length + 1);
  const rows = [];
  for (let at = first; at < last; at++) rows.push(rowOf(shown[at], at));
  body.replaceChildren(...rows);
  const active = body.querySelector(".active");
  if (active) grid.setAttribute("aria-activedescendant", active.id);
  else grid.removeAttribute("aria-activedescendant");
}

function rowOf(run, at) {
  const isActive = run.folder === view.active, isChosen = chosen.has(run.folder);
  const row = make("div", {
    role: "row", id: `row-${at}`, "aria-rowindex": at + 2, "aria-selected": isChosen ? "true" : "false", class: isActive ? "active" : undefined,
  });
  row.dataset.folder = run.folder;
  row.style.top = `${at * rowHeight}px`;
  const cell = (name, ...children) => make("div", { role: "gridcell", class: name }, ...children);
  const name = clean(run.name);
  const link = isOpen(run) ? name
    : make("a", { href: fileAddress(run.folder, "report.html"), target: "_blank", rel: "noopener", tabindex: -1 }, name);
  row.append(
    cell("pick", make("span", { class: "mark", "aria-hidden": "true" }, isChosen ? "✓" : ""), make("span", { class: "sr" }, isChosen ? "chosen" : "not chosen")),
    cell("name", link), cell("status", ...statusOf(run)), cell("wide", clean(run.message ?? "")),
    cell("n wide", number(run.site_eui_kwh_m2)), cell("n wide", number(run.warnings)), cell("n", number(run.seconds)));
  row.querySelector(".name").title = name;
  row.children[3].title = clean(run.message ?? "");
  return row;
}

function statusOf(run) {
  const name = run.status === "completed" ? "s-completed" : isFailed(run) ? "s-failed" : "";
  const text = make("span", { class: name }, words(run.status));
  if (run.status !== "running" || typeof run.percent !== "number") return [text];
  return [make("progress", { max: 100, value: run.percent, "aria-label": `${name} ${Math.round(run.percent)} %` }), ` ${Math.round(run.percent)} %`];
}

// --- choosing and moving

function click(event) {
  const row = event.target.closest("[role=row]");
  if (!row) return;
  view.active = row.dataset.folder;
  if (event.target.closest(".pick")) toggle(row.dataset.folder);
  else if (!event.target.closest("a")) opened(row.dataset.folder, false);
  drawRows();
}

function toggle(folder) {
  if (!chosen.delete(folder)) chosen.add(folder);
  changed("choice");
}

function press(event) {
  if (event.target !== grid) return;
  const at = shown.findIndex(run => run.folder === view.active), page = Math.max(1, Math.floor(grid.clientHeight / rowHeight) - 2);
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: shown.length - 1 };
  if (event.key in moves && !event.altKey && !event.metaKey) move(moves[event.key]);
  else if (event.key === " " && at >= 0) toggle(view.active);
  else if (event.key === "Enter" && at >= 0) opened(view.active, true);
  else if (event.key === "a" && (event.ctrlKey || event.metaKey)) chooseAll();
  else return;
  event.preventDefault();
  drawRows();
}

function chooseAll() {
  for (const run of shown) chosen.add(run.folder);
  changed("choice");
}

function move(to) {
  if (shown.length === 0) return;
  const at = Math.min(Math.max(to, 0), shown.length - 1), head = byId("heads").offsetHeight;
  view.active = shown[at].folder;
  const top = at * rowHeight, room = grid.clientHeight - head - rowHeight;
  if (top < grid.scrollTop) grid.scrollTop = top;
  else if (top > grid.scrollTop + room) grid.scrollTop = top - room;
}
