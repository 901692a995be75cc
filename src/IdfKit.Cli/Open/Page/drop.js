// Files and folders that are dropped: put aside by the program behind this page, checked, and put where they are run.

import { byId, clean, counted, make } from "/dom.js";
import { ask, change } from "/ask.js";

const AT_ONCE = 4;
const box = byId("drop"), said = byId("drop-said");
let waiting = null; // a drop some of whose models are refused

export function startDrop() {
  addEventListener("dragover", event => {
    event.preventDefault();
    if (!box.hidden) box.classList.add("over");
  });
  addEventListener("dragleave", event => {
    if (!event.relatedTarget) box.classList.remove("over");
  });
  addEventListener("drop", event => {
    event.preventDefault();
    box.classList.remove("over");
    if (!box.hidden) guarded(async () => send(await filesOf(event.dataTransfer)));
  });
  for (const id of ["files", "folder"])
    byId(id).addEventListener("change", event => {
      const files = [...event.target.files].map(file => ({ file, path: below(file.webkitRelativePath) || file.name, isAlone: id === "files" }));
      event.target.value = "";
      guarded(() => send(files));
    });
  byId("put-others").addEventListener("click", () => guarded(async () => {
    const drop = waiting;
    refuse(null, []);
    if (drop) await submit(drop, true);
  }));
  byId("put-none").addEventListener("click", () => guarded(async () => {
    const drop = waiting;
    refuse(null, []);
    if (!drop) return;
    await ask(`/api/drop?drop=${drop}`, null, "DELETE");
    said.textContent = "Nothing was put.";
  }));
}

async function guarded(action) {
  try {
    await action();
  } catch (failed) {
    said.textContent = failed.message;
  }
}

/** Below the folder that was named, as 'idfkit submit FOLDER' has it. */
const below = path => path.split("/").slice(1).join("/");

async function filesOf(dropped) {
  // Both are asked before anything is waited for: after the event they are gone.
  const items = [...dropped.items].map(item => ({ entry: item.webkitGetAsEntry?.(), file: item.getAsFile() }));
  const files = [];
  for (const { entry, file } of items) {
    if (entry?.isDirectory) await gather(entry, "", files);
    else if (file) files.push({ file, path: file.name, isAlone: true });
  }
  return files;
}

async function gather(entry, path, files) {
  if (entry.isFile) {
    files.push({ file: await new Promise((done, failed) => entry.file(done, failed)), path });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return;
    for (const one of some) await gather(one, path ? `${path}/${one.name}` : one.name, files);
  }
}

async function send(files) {
  const visible = files.filter(({ path }) => !path.split("/").some(part => part.startsWith(".")));
  if (visible.length === 0) {
    said.textContent = "There is no file in what was dropped.";
    return;
  }
  refuse(null, []);
  const drop = crypto.randomUUID().replaceAll("-", "");
  const [weather] = byId("weather").files;
  const queue = [...visible];
  let sent = 0, trouble = null;
  const take = (file, path, how) => ask(`/api/drop?drop=${drop}&path=${encodeURIComponent(path)}&${how}`, file, "PUT");
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      try {
        await take(next.file, next.path, `alone=${next.isAlone === true}`);
      } catch (failed) {
        trouble ??= failed;
        queue.length = 0;
      }
      if (!trouble) said.textContent = `Taking ${++sent} of ${counted(visible.length, "file")}…`;
    }
  };
  if (weather) await take(weather, weather.name, "weather=true").catch(failed => { trouble = failed; queue.length = 0; });
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (trouble) {
    await ask(`/api/drop?drop=${drop}`, null, "DELETE").catch(() => {}); // after all: one that came later would begin it anew
    throw trouble;
  }
  said.textContent = "Checking…";
  await submit(drop, false);
}

async function submit(drop, skipRefused) {
  const tags = byId("tags").value.split(",").map(tag => tag.trim()).filter(tag => tag !== "");
  const asked = { skip_refused: skipRefused, annual: byId("annual").checked, label: byId("label").value, tags };
  const answer = await change(`/api/drop?drop=${drop}`, asked);
  refuse(answer.is_put || answer.models === 0 ? null : drop, answer.refused, answer.models);
  if (answer.is_put) said.textContent = answer.said;
  else said.textContent = answer.models === 0
    ? "Nothing was put: none of the models would be run."
    : `${counted(answer.refused.length, "model")} would be refused, and nothing was put yet.`;
}

function refuse(drop, refused, others) {
  waiting = drop;
  byId("refused-list").replaceChildren(...refused.map(one => make("li", {}, make("b", {}, clean(one.file)), `: ${clean(one.sentence)}`)));
  byId("put-others").textContent = `Put the other ${others}`;
  byId("refused").hidden = refused.length === 0;
  for (const id of ["put-others", "put-none"]) byId(id).hidden = drop === null;
}
