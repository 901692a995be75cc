// The best and the worst: in what they differ from each other and from the base, and the rows at both ends.

const MOST_DIFFERENCES = 30, MOST_BEST = 10, MOST_WORST = 5;

function showExtremes() {
  const figure = figureColumn(), [low, high] = figure.less ? ["best", "worst"] : ["lowest", "highest"];
  byId("figures").hidden = ranked.length === 0;
  if (ranked.length === 0) return;
  showDifferences(figure, low, high);
  const best = ranked.slice(0, MOST_BEST), worst = ranked.slice(Math.max(best.length, ranked.length - MOST_WORST));
  const title = (rows, word) => `The ${rows.length > 1 ? rows.length + " " : ""}${word}`;
  byId("low-title").textContent = title(best, low);
  byId("high-title").textContent = title(worst, high);
  byId("high").hidden = worst.length === 0;
  byId("low-table").replaceChildren(...endTable(best, figure));
  byId("high-table").replaceChildren(...endTable(worst, figure));
}

function showDifferences(figure, low, high) {
  const ends = [[low, ranked[0]], [high, ranked.at(-1)]];
  if (data.base !== null) ends.unshift(["base", data.base]);
  const rows = [...new Map(ends.map(end => [end[1], end])).values()];
  const isDifferent = column => rows.some(([, row]) => !Object.is(column.values[row], column.values[rows[0][1]]));
  const differing = parameters.filter(isDifferent);
  byId("differ").hidden = rows.length < 2;
  if (rows.length < 2) return;
  byId("differ-title").textContent = `In what the ${low} and the ${high} differ`;
  const others = choice.shown.map(index => columns[index])
    .filter(column => !column.isParameter && column !== figure && isDifferent(column));
  const headOf = ([word, row]) =>
    make("th", { scope: "col", class: "n" }, word[0].toUpperCase() + word.slice(1), make("small", {}, linkTo(row)));
  const cell = (column, row) => textOf(column, column.values[row]) || (column.isParameter ? "as in the base" : "–");
  const line = column => make("tr", {}, make("th", { scope: "row" }, column.label, " ", make("small", {}, column.of ?? column.unit ?? "")),
    ...rows.map(([, row]) => make("td", { class: "n" }, column === figure ? make("b", {}, cell(column, row)) : cell(column, row))));
  byId("differ-table").replaceChildren(
    make("thead", {}, make("tr", {}, make("td"), ...rows.map(headOf))),
    make("tbody", {}, ...[...differing.slice(0, MOST_DIFFERENCES), figure, ...others.slice(0, 5)].map(line)));
}

function endTable(rows, figure) {
  const shown = choice.shown.map(index => columns[index]).filter(column => column.isParameter).slice(0, 3);
  const [, most] = extentOf(Float64Array.from(ranked, row => figure.values[row]));
  const head = make("tr", {}, make("th", { scope: "col" }, "Variant"),
    ...shown.map(column => make("th", { scope: "col", class: column.isText ? "desk" : "n desk", title: fullName(column) }, column.label)),
    make("th", { scope: "col", class: "n" }, figure.unit ?? figure.label), make("td", { class: "barcell" }));
  const line = row => {
    const bar = make("i", { "aria-hidden": "true" });
    bar.style.width = Math.max(0, most > 0 ? figure.values[row] / most * 100 : 0) + "%";
    return make("tr", {}, make("th", { scope: "row" }, linkTo(row)),
      ...shown.map(column => make("td", { class: column.isText ? "desk" : "n desk" }, textOf(column, column.values[row]))),
      make("td", { class: "n" }, make("b", {}, textOf(figure, figure.values[row]))), make("td", { class: "barcell" }, bar));
  };
  return [make("thead", {}, head), make("tbody", {}, ...[...rows].map(line))];
}
