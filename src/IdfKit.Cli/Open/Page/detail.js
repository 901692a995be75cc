// One run: what it says, its report and its files.

import { byId, clean, make, words } from "/dom.js";
import { fileAddress, read } from "/ask.js";
import { runs, isOpen } from "/runs.js";

const box = byId("detail");

/** Shows a run; withFocus: who came by keyboard goes on in it. */
export async function showRun(folder, withFocus) {
  const run = runs.get(folder);
  if (!run) return;
  const head = make("h2", { tabindex: -1 }, clean(run.name));
  const lines = [make("p", {}, `${words(run.status)}${run.reason ? ` (${words(run.reason)})` : ""}. ${clean(run.message ?? "")}`)];
  try {
    if (run.status !== "waiting") lines.push(...filesOf(await read(`/api/run?folder=${encodeURIComponent(folder)}`), run));
  } catch (failed) {
    lines.push(make("p", { class: "s-failed" }, failed.message));
  }
  box.replaceChildren(head, ...lines);
  box.hidden = false;
  if (withFocus) (box.querySelector("a") ?? head).focus();
}

function filesOf(one, run) {
  const link = (path, text) => make("a", { href: fileAddress(one.folder, path), target: "_blank", rel: "noopener" }, text);
  const lines = [make("p", { class: "mut" }, `${clean(one.model)} → ${one.place}`)];
  if (one.has_report && !isOpen(run)) lines.unshift(make("p", {}, link("report.html", "Open the report")));
  if (one.files.length > 0)
    lines.push(make("ul", {}, ...one.files.map(file => make("li", {}, link(file.path, clean(file.path)), make("small", { class: "mut" }, ` ${size(file.size_bytes)}`)))));
  return lines;
}

const size = bytes => bytes < 1000 ? `${bytes} B` : bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

box.addEventListener("keydown", event => {
  if (event.key === "Escape") byId("grid").focus();
});
