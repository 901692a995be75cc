// Two runs or more beside each other; the first is that with which the others are compared.

import { button, byId, clean, make, number, words } from "/dom.js";
import { read } from "/ask.js";
import { runs } from "/runs.js";

const MOST_OBJECTS = 200;
const dialog = byId("comparison");

export async function compare(folders) {
  const compared = await read("/api/compare?" + folders.map(folder => `run=${encodeURIComponent(folder)}`).join("&"));
  const names = compared.runs.map(folder => clean(runs.get(folder)?.name ?? folder));
  dialog.replaceChildren(
    make("h2", {}, `${names.length} runs compared`),
    make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Figures" }, figuresOf(compared.comparisons, names)),
    ...compared.comparisons.flatMap((one, at) => differencesOf(one, names[0], names[at + 1])),
    make("p", {}, button("Close", () => dialog.close())));
  dialog.showModal();
}

function figuresOf(comparisons, names) {
  const keys = new Map(); // in the order in which they come
  for (const one of comparisons) for (const figure of one.figures) keys.set(figure.name, figure.unit);
  const heads = ["", ...names, "Unit"].map((text, at) => make("th", { scope: "col", class: at > 0 && at <= names.length ? "n" : undefined }, text));
  const rows = [...keys].map(([key, unit]) => {
    const figures = comparisons.map(one => one.figures.find(figure => figure.name === key));
    const first = figures.find(figure => figure)?.a;
    return make("tr", {}, make("th", { scope: "row" }, words(key)), make("td", { class: "n" }, number(first)), ...figures.map(cell), make("td", {}, unit));
  });
  return make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows));
}

function cell(figure) {
  const percent = figure?.percent;
  const change = typeof percent === "number" ? make("small", {}, `${percent > 0 ? "+" : ""}${percent.toFixed(1)} %`) : null;
  return make("td", { class: "n" }, number(figure?.b), change);
}

function differencesOf(one, first, other) {
  const item = text => make("li", {}, text);
  const said = value => value === null ? "nothing" : clean(value);
  const settings = one.settings.map(setting => item(`${words(setting.name)}: ${said(setting.a)} → ${said(setting.b)}`));
  const objects = (one.objects ?? []).slice(0, MOST_OBJECTS).map(object => item(
    `${clean(object.class_name)}${object.object_name ? ` “${clean(object.object_name)}”` : ""}`
    + (object.field ? `, ${clean(object.field)}: ${said(object.first)} → ${said(object.second)}` : object.first === null ? ": only in the second" : ": only in the first")));
  const more = (one.objects?.length ?? 0) > MOST_OBJECTS || one.has_more_objects ? [make("p", { class: "note" }, "And more; idfkit compare --json lists them.")] : [];
  const same = one.objects?.length === 0 ? [make("p", {}, "The objects of the models are the same.")] : [];
  return [
    make("h3", {}, `${first} → ${other}`), ...[...one.endings, ...one.notes].map(note => make("p", {}, clean(note))), ...same,
    make("ul", {}, ...settings, ...objects), ...more,
  ];
}
