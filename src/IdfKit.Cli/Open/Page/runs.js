// All runs, and which of them are shown in which order.

export const runs = new Map(); // by folder
export const chosen = new Set(); // folders
export const view = { query: "", state: "", sort: "name", isDown: false, active: null };
export let shown = []; // runs, in the order of the list

const collator = new Intl.Collator("en", { numeric: true });

export const isOpen = run => run.status === "running" || run.status === "waiting";
export const isFailed = run => !isOpen(run) && run.status !== "completed";

export function take(news) {
  if (news.is_whole) runs.clear();
  for (const run of news.changed) runs.set(run.folder, prepared(run));
  for (const folder of news.gone) runs.delete(folder);
  for (const folder of chosen) if (!runs.has(folder)) chosen.delete(folder);
}

function prepared(run) {
  run.text = `${run.name} ${run.status} ${run.reason ?? ""} ${run.message ?? ""}`.toLowerCase();
  return run;
}

/** Filters and sorts anew. */
export function arrange() {
  const parts = view.query.toLowerCase().split(/\s+/).filter(part => part.length > 0);
  const isWanted = run => (view.state === "" || run.status === view.state || view.state === "not completed" && isFailed(run))
    && parts.every(part => run.text.includes(part));
  shown = [...runs.values()].filter(isWanted);
  const { sort, isDown } = view, sign = isDown ? -1 : 1;
  const byName = (a, b) => collator.compare(a.name, b.name);
  shown.sort((a, b) => {
    const [one, other] = [a[sort], b[sort]];
    if (one === other) return byName(a, b);
    if (one === null || one === undefined) return 1; // where nothing stands comes last, whichever way
    if (other === null || other === undefined) return -1;
    return sign * (typeof one === "number" ? one - other : collator.compare(one, other)) || byName(a, b);
  });
}

export function countByStatus() {
  const counts = new Map();
  for (const run of runs.values()) counts.set(run.status, (counts.get(run.status) ?? 0) + 1);
  return counts;
}
