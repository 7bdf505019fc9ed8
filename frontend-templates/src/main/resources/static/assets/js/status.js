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

const show = (part) => settle(document.querySelector(`#parts [data-part="${part.dataset.part}"]`), part);

/** Makes `shown` say what `now` says and touches nothing else: no icon is drawn anew, no focus is lost. */
function settle(shown, now) {
  if (shown.isEqualNode(now)) return;
  if (shown.nodeName !== now.nodeName || shown.childNodes.length !== now.childNodes.length) {
    shown.replaceWith(now);
    return;
  }
  if (shown.nodeType !== Node.ELEMENT_NODE) {
    shown.nodeValue = now.nodeValue;
    return;
  }
  for (const name of shown.getAttributeNames()) if (!now.hasAttribute(name)) shown.removeAttribute(name);
  for (const { name, value } of now.attributes) if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  const after = [...now.childNodes];
  [...shown.childNodes].forEach((node, i) => settle(node, after[i]));
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
