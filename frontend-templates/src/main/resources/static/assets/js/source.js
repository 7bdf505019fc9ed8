// A source whose run is in work is shown as it goes on.
import { elements } from "./html.js";
import { html } from "./net.js";
import { localTimes } from "./page.js";

const EVERY = 1500;
let timer;

const shown = () => document.getElementById("source-state");

async function look() {
  clearTimeout(timer);
  if (document.hidden || !shown().dataset.working) return;
  try {
    const now = elements(await html(location.pathname)).querySelector("#source-state");
    if (now && !shown().isEqualNode(now)) {
      localTimes(now);
      const held = shown().contains(document.activeElement) && document.activeElement.dataset.testid;
      shown().replaceWith(now);
      if (held) now.querySelector(`[data-testid="${held}"]`)?.focus();
    }
  } catch {
    // the next look may find the line again
  }
  timer = setTimeout(look, EVERY);
}

document.addEventListener("visibilitychange", () => !document.hidden && look());
timer = setTimeout(look, EVERY);
