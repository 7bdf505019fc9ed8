// The status page keeps itself current while it is looked at: what has not changed is not touched.
import { elements } from "./html.js";
import { csrfHeaders, html, meaning } from "./net.js";
import { localTimes } from "./page.js";
import { t } from "./words.js";

const EVERY = 5000;
const stale = document.getElementById("stale");
let timer;

async function look() {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    const now = elements(await html("/app/admin/status"));
    localTimes(now);
    for (const part of now.querySelectorAll("[data-part]")) show(part);
    stale.hidden = true;
  } catch {
    stale.hidden = false;
  }
  timer = setTimeout(look, EVERY);
}

function show(part) {
  const shown = document.querySelector(`#parts [data-part="${part.dataset.part}"]`);
  if (shown.hidden !== part.hidden) shown.hidden = part.hidden;
  if (shown.className !== part.className) shown.className = part.className;
  if (shown.isEqualNode(part)) return;
  // a link in use stays where it is until the next look
  if (shown.contains(document.activeElement)) return;
  shown.replaceChildren(...part.childNodes);
}

document.addEventListener("visibilitychange", () => !document.hidden && look());
timer = setTimeout(look, EVERY);

const form = document.querySelector("[data-trial]");
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = form.querySelector("button");
  const words = button.textContent;
  const result = document.getElementById("trial");
  button.disabled = true;
  button.textContent = button.dataset.busy;
  result.replaceChildren();
  try {
    const reply = await fetch(form.action, { method: "POST", headers: csrfHeaders() });
    const text = await reply.text();
    if (reply.ok) result.replaceChildren(...(elements(text).querySelector("#trial")?.childNodes ?? []));
    else result.textContent = meaning(reply.status, "");
  } catch {
    result.textContent = t("js.error.offline");
  } finally {
    button.disabled = false;
    button.textContent = words;
    button.focus();
  }
});
