// Asks the program behind this page. What changes something has the header without which it is refused.

export async function ask(path, body, method = "POST") {
  const isRead = body === undefined && method === "POST";
  const answer = await fetch(path, isRead ? {} : { method, body, headers: { "X-Idfkit": "1" } })
    .catch(() => { throw new Error("The program behind this page does not answer; nothing was changed."); });
  if (!answer.ok) throw new Error((await answer.text()).trim() || `It was answered with ${answer.status}.`);
  return answer;
}

export const read = async path => (await ask(path)).json();

export const change = async (path, value) => (await ask(path, JSON.stringify(value))).json();

let fileKey = "";

/** The address of a file of a run changes with each start of the program. */
export function useFileKey(key) {
  fileKey = key;
}

export const fileAddress = (folder, path) =>
  `/files/${fileKey}/r${encodeURIComponent(folder)}/${path.split("/").map(encodeURIComponent).join("/")}`;
