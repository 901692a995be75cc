// What happens there, as it happens; and what is said when the program behind this page is gone.

import { byId } from "/dom.js";

const AGAIN_AFTER = 1500;
const line = byId("connection");
let hasBeenLost = false;

/** @param take called with each piece of news. */
export function listen(take) {
  const events = new EventSource("/api/events");
  events.onmessage = event => {
    say(hasBeenLost ? "Connected again; the list is up to date." : "Up to date; changes appear by themselves.", false);
    take(JSON.parse(event.data));
  };
  events.onerror = () => {
    events.close();
    hasBeenLost = true;
    wait(take);
  };
}

/** Asks until somebody answers: the program may have ended, or have been started again with another address. */
async function wait(take) {
  for (;;) {
    const answer = await fetch("/live.js", { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer?.ok) return listen(take);
    say(answer?.status === 403
      ? "idfkit open was started again, with a new address: open that, and this page goes on, too."
      : "The program behind this page has ended or does not answer. What is shown may be old; trying again…", true);
    await new Promise(done => setTimeout(done, AGAIN_AFTER));
  }
}

function say(text, isLost) {
  if (line.textContent !== text) line.textContent = text;
  line.classList.toggle("lost", isLost);
}
