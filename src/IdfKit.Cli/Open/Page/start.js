// Puts the parts together.

import { button, byId, clean, count, counted, duration, make, words } from "/dom.js";
import { ask, change, useFileKey } from "/ask.js";
import { arrange, chosen, countByStatus, isFailed, runs, shown, take, view } from "/runs.js";
import { drawHeads, drawRows, startList } from "/list.js";
import { compare } from "/compare.js";
import { listen } from "/live.js";
import { showRun } from "/detail.js";
import { startDrop } from "/drop.js";

const MOST_COMPARED = 8;
let place = "", canDrop = false, isDue = false, isRetrying = false;

// The token has done its work: it is in no history and no picture of the window.
if (location.search) history.replaceState(null, "", "/");

startList(what => {
  if (what === "sort") drawHeads();
  draw();
}, (folder, withFocus) => showRun(folder, withFocus));
startDrop();
listen(news => {
  useFileKey(news.file_key);
  take(news);
  ({ place, can_drop: canDrop } = news);
  byId("place").textContent = clean(place);
  byId("trouble").textContent = news.trouble ?? "";
  byId("trouble").hidden = !news.trouble;
  byId("drop").hidden = !canDrop;
  byId("service").hidden = !news.is_known || news.is_served !== false;
  byId("service-how").hidden = !news.can_be_served;
  const why = clean(news.why_not_served ?? "");
  if (byId("service-why").textContent !== why) byId("service-why").textContent = why;
  showCounts(news.rest_seconds);
  showFailures(news.failures);
  draw();
});

/** Draws once for each frame, however much has changed. */
function draw() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    arrange();
    drawRows();
    showChoice();
    byId("shown").textContent = shown.length === runs.size ? counted(runs.size, "run") : `${count(shown.length)} of ${counted(runs.size, "run")}`;
    document.documentElement.dataset.drawn = Number(document.documentElement.dataset.drawn ?? 0) + 1;
  });
}

function showCounts(rest) {
  const counts = [...countByStatus()].sort(([a], [b]) => a < b ? -1 : 1);
  const running = counts.find(([status]) => status === "running")?.[1] ?? 0;
  document.title = `${running > 0 ? `${running} running · ` : ""}${clean(place)} · idfkit`;
  const filters = counts.map(([status, many]) => button(`${count(many)} ${words(status)}`, () => filter(view.state === status ? "" : status),
    { "aria-pressed": view.state === status ? "true" : "false", "data-status": status }));
  const focused = document.activeElement?.dataset?.status;
  byId("counts").replaceChildren(...filters, ...(rest ? [make("span", { class: "mut" }, `about ${duration(rest)} left`)] : []));
  if (focused) byId("counts").querySelector(`[data-status="${CSS.escape(focused)}"]`)?.focus();
  const options = ["", "not completed", ...counts.map(([status]) => status)];
  const state = byId("state");
  if ([...state.options].map(option => option.value).join() !== options.join())
    state.replaceChildren(...options.map(value => make("option", { value }, value === "" ? "all" : words(value))));
  state.value = options.includes(view.state) ? view.state : view.state = "";
}

function filter(state, query) {
  view.state = state;
  if (query !== undefined) byId("query").value = view.query = query;
  byId("state").value = state;
  for (const each of byId("counts").querySelectorAll("button")) each.setAttribute("aria-pressed", each.dataset.status === state ? "true" : "false");
  byId("grid").scrollTop = 0;
  draw();
}

function showFailures(failures) {
  const box = byId("failures");
  box.hidden = failures.length === 0;
  box.querySelector("summary").textContent = `${counted(failures.reduce((all, one) => all + one.count, 0), "run")} did not complete, for ${counted(failures.length, "cause")}`;
  box.querySelector("ul").replaceChildren(...failures.map(one => make("li", {},
    make("b", {}, `${count(one.count)} × ${words(one.reason)}`), `: ${clean(one.sentence) || "nothing is said."} `,
    make("span", { class: "mut" }, `${one.count > one.examples.length ? "Such as " : ""}${one.examples.map(clean).join(", ")}`),
    button("Show", () => filter("not completed", one.reason)), canDrop ? button(`Run all ${words(one.reason)} again`, () => retry({ reason: one.reason })) : null)));
}

function showChoice() {
  const failed = [...runs.values()].filter(isFailed).length;
  byId("compare").disabled = chosen.size < 2 || chosen.size > MOST_COMPARED;
  byId("compare").textContent = chosen.size > 1 ? `Compare ${count(chosen.size)} chosen` : "Compare (choose two or more)";
  byId("retry").disabled = chosen.size === 0 || !canDrop || isRetrying;
  byId("retry").textContent = chosen.size > 0 ? `Run ${count(chosen.size)} chosen again` : "Run chosen again";
  byId("retry-failed").disabled = failed === 0 || !canDrop || isRetrying;
  byId("retry-failed").textContent = failed > 1 ? `Run all ${count(failed)} failed again` : "Run all failed again";
}

async function said(action) {
  try {
    byId("done").textContent = await action();
  } catch (failed) {
    byId("done").textContent = failed.message;
  }
}

async function retry(asked) {
  if (isRetrying) return;
  isRetrying = true;
  showChoice();
  await said(async () => {
    const answer = await change("/api/retry", asked);
    return [`${counted(answer.put, "model")} put again.`, ...answer.said.map(clean)].join(" ");
  });
  isRetrying = false;
  showChoice();
}

byId("query").addEventListener("input", event => filter(view.state, event.target.value));
byId("state").addEventListener("change", event => filter(event.target.value));
byId("retry").addEventListener("click", () => retry({ folders: [...chosen] }));
byId("retry-failed").addEventListener("click", () => retry({}));
byId("compare").addEventListener("click", () => said(async () => {
  await compare([...chosen]);
  return "";
}));
byId("serve").addEventListener("click", () => said(async () => (await ask("/api/serve", "{}")).text()));
