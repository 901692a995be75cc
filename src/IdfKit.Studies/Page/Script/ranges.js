// The same ranges by keyboard, with what is shown of each column; and the choice of columns.

function showRanges() {
  const head = make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Column"),
    ...["Least shown", "Most shown", "From", "To"].map(text => make("th", { scope: "col", class: "n" }, text))));
  byId("ranges-table").replaceChildren(head, make("tbody", {}, ...choice.shown.map(index => rangeRow(columns[index]))));
  refreshRanges();
}

function rangeRow(column) {
  const field = end => {
    const label = `${fullName(column)}, ${end === 0 ? "from" : "to"}`;
    const input = column.isText ? make("select", { "aria-label": label }, make("option", { value: "" }, ""),
      ...column.words.slice(0, 500).map((word, at) => make("option", { value: at }, fit(word, 200))))
      : make("input", { type: "number", step: "any", "aria-label": label });
    input.dataset.end = end;
    input.addEventListener("change", () => setEnd(column, end, input.value));
    return input;
  };
  const row = make("tr", {}, make("th", { scope: "row" }, column.label, make("small", {}, column.of ?? column.unit ?? "")),
    make("td", { class: "n" }), make("td", { class: "n" }), make("td", { class: "n" }, field(0)), make("td", { class: "n" }, field(1)));
  row.dataset.column = column.index;
  return row;
}

/** An empty field is no end; two empty ones are no range. */
function setEnd(column, end, text) {
  const range = [...choice.ranges.get(column.index) ?? [column.min, column.max]], value = Number(text);
  range[end] = text === "" || !Number.isFinite(value) ? [column.min, column.max][end] : value;
  if (range[0] > range[1]) range[1 - end] = range[end];
  if (range[0] <= column.min && range[1] >= column.max && !hasGaps(column)) choice.ranges.delete(column.index);
  else if (text === "" && range[0] <= column.min && range[1] >= column.max) choice.ranges.delete(column.index);
  else choice.ranges.set(column.index, range);
  choice.page = 0;
  update("selection");
}

const hasGaps = column => column.values.some(value => value !== value);

function refreshRanges() {
  if (!byId("ranges").open) return;
  for (const row of byId("ranges-table").tBodies[0]?.rows ?? []) {
    const column = columns[row.dataset.column], range = choice.ranges.get(column.index);
    const [least, most] = extentOf(column.values.filter((_, at) => selected[at]));
    row.cells[1].textContent = textOf(column, least);
    row.cells[2].textContent = textOf(column, most);
    for (const input of row.querySelectorAll("input, select"))
      if (input !== document.activeElement || column.isText || !range) input.value = range ? range[input.dataset.end] : "";
  }
}

function showColumnChoice() {
  const boxes = columns.map(column => {
    const box = make("input", { type: "checkbox", value: column.index });
    box.checked = choice.shown.includes(column.index);
    return make("label", { title: column.name }, box, " " + fit(fullName(column), 260));
  });
  byId("columns").replaceChildren(...boxes);
}

function listenToChoices() {
  byId("ranges").addEventListener("toggle", refreshRanges);
  byId("clear").addEventListener("click", () => {
    choice.ranges.clear();
    Object.assign(choice, { query: "", page: 0 });
    update("selection");
  });
  byId("columns").addEventListener("change", () => {
    choice.shown = [...byId("columns").querySelectorAll("input:checked")].map(box => Number(box.value));
    update("columns");
  });
  const selectOf = (id, key, parts) => byId(id)?.addEventListener("change", event => {
    choice[key] = event.target.value === "" ? null : Number(event.target.value);
    update(...parts);
  });
  selectOf("figure", "figure", ["figure"]);
  selectOf("x", "x", ["pair"]);
  selectOf("y", "y", ["pair"]);
  selectOf("colour", "colour", ["pair"]);
}

/** The lists to choose from, by what the columns are. */
function fillLists() {
  const option = column => make("option", { value: column.index }, fit(fullName(column), 300));
  const groups = all => [["Parameters", "parameter"], ["Figures", "figure"], ["Of the run", "other"]].map(([label, role]) =>
    make("optgroup", { label }, ...all.filter(column => column.role === role).map(option))).filter(group => group.children.length);
  const figures = columns.filter(column => !column.isText && !column.isParameter && column.max > column.min);
  const current = figureColumn();
  byId("figure")?.replaceChildren(...groups(current && !figures.includes(current) ? [current, ...figures] : figures));
  const drawable = columns.filter(column => Number.isFinite(column.min));
  byId("x").replaceChildren(...groups(drawable));
  byId("y").replaceChildren(...groups(drawable));
  byId("colour").replaceChildren(make("option", { value: "" }, "by the figure compared"), ...groups(kindColumns()));
  showLists();
}

function showLists() {
  for (const key of ["figure", "x", "y", "colour"]) if (byId(key)) byId(key).value = choice[key] ?? "";
}
