// Every variant as a table: sorted, searched, and in pages.

const PAGE = 50;
let sorted = Int32Array.from({ length: rowCount }, (_, row) => row);

function sortRows() {
  const { sort, isDown } = choice, sign = isDown ? -1 : 1;
  sorted = Int32Array.from({ length: rowCount }, (_, row) => row);
  if (sort === "row") {
    if (isDown) sorted.reverse();
  } else if (sort === "name" || sort === "status") {
    const text = sort === "name" ? row => data.names[row] : statusOf;
    const words = new Map([...new Set(Array.from(sorted, text))].sort(collator.compare).map((word, at) => [word, at]));
    const places = Int32Array.from(sorted, row => words.get(text(row)));
    sorted.sort((a, b) => sign * (places[a] - places[b]) || a - b);
  } else {
    const { values } = columns[sort]; // where nothing stands comes last, whichever way
    sorted.sort((a, b) => {
      const [one, other] = [values[a], values[b]];
      if (one === other) return a - b;
      if (one !== one) return other !== other ? a - b : 1;
      return other !== other ? -1 : sign * (one - other);
    });
  }
}

function showHeads() {
  const head = (key, column, text, more) => {
    const isSorted = choice.sort === key;
    const arrow = isSorted ? choice.isDown ? " ▼" : " ▲" : "";
    const button = make("button", { type: "button", title: column?.name }, text + arrow, more ? make("small", {}, fit(more, 110)) : "");
    button.addEventListener("click", () => {
      Object.assign(choice, { isDown: choice.sort === key && !choice.isDown, sort: key, page: 0 });
      update("sort");
    });
    const cell = make("th", { scope: "col", class: column && !column.isText ? "n" : "" }, button);
    if (isSorted) cell.setAttribute("aria-sort", choice.isDown ? "descending" : "ascending");
    heads.push(cell);
  };
  const heads = [], focused = [...byId("table").tHead.querySelectorAll("button")].indexOf(document.activeElement);
  head("name", null, "Variant");
  head("status", null, "Ended");
  for (const column of choice.shown.map(index => columns[index]))
    head(column.index, column, fit(column.label, 140), column.of ?? column.unit);
  byId("table").tHead.replaceChildren(make("tr", {}, ...heads));
  heads[focused]?.querySelector("button").focus(); // who sorts by keyboard goes on from there
}

function showRows() {
  const shown = choice.shown.map(index => columns[index]);
  const pages = Math.max(1, Math.ceil(selectedCount / PAGE));
  choice.page = Math.min(choice.page, pages - 1);
  const rows = [];
  for (let at = 0, seen = 0; at < rowCount && rows.length < PAGE; at++)
    if (selected[sorted[at]] && seen++ >= choice.page * PAGE) rows.push(sorted[at]);
  byId("table").tBodies[0].replaceChildren(...rows.map(row => tableRow(row, shown)));
  const first = choice.page * PAGE;
  byId("rows-shown").textContent = rows.length === 0 ? say("none")
    : say("rows", count(first + 1), count(first + rows.length), count(selectedCount));
  byId("pages").hidden = pages === 1;
  const go = { First: 0, Previous: choice.page - 1, Next: choice.page + 1, Last: pages - 1 };
  for (const button of byId("pages").querySelectorAll("button")) {
    button.dataset.page = go[button.textContent];
    button.disabled = go[button.textContent] === choice.page || go[button.textContent] < 0 || go[button.textContent] >= pages;
  }
}

function tableRow(row, shown) {
  const status = statusOf(row);
  const line = make("tr", {}, make("th", { scope: "row", title: data.names[row] }, linkTo(row)),
    make("td", { class: isCompleted[row] || ["not_run", "running"].includes(status) ? "" : "failed" }, status.replaceAll("_", " ")));
  for (const column of shown) {
    const text = textOf(column, column.values[row]);
    line.append(make("td", { class: column.isText ? "" : "n", title: column.isText && text.length > 20 ? text : undefined }, text));
  }
  line.dataset.row = row;
  return line;
}

function listenToTable() {
  byId("pages").replaceChildren(...["First", "Previous", "Next", "Last"].map(text => make("button", { type: "button" }, text)));
  byId("pages").addEventListener("click", event => {
    if (event.target.dataset.page === undefined) return;
    choice.page = Number(event.target.dataset.page);
    update("page");
    byId("rows").scrollIntoView({ block: "nearest" });
  });
  byId("query").addEventListener("input", event => {
    Object.assign(choice, { query: event.target.value, page: 0 });
    update("selection");
  });
  const body = byId("table").tBodies[0];
  const mark = event => near(Number(event.target.closest("tr")?.dataset.row ?? -1), null);
  body.addEventListener("pointerover", mark);
  body.addEventListener("focusin", mark);
  body.addEventListener("pointerleave", () => near(-1, null));
}
