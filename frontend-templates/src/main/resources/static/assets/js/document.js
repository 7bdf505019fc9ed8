// One document: its text beside its passages.
import "./figures.js";
import { elements } from "./html.js";
import { csrfHeaders, html, json, meaning } from "./net.js";
import { localTimes } from "./page.js";
import { reader } from "./reader.js";
import { toast } from "./say.js";
import { t } from "./words.js";

const page = document.querySelector("[data-document]");
const { document: id, version } = page.dataset;
const pane = document.getElementById("text");
const list = document.getElementById("chunks");

if (pane) {
  const text = reader(pane, id, version);
  text.toMark();
  list.addEventListener("click", async (event) => {
    const chunk = event.target.closest(".chunk");
    if (!chunk || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    for (const other of list.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
    chunk.setAttribute("aria-current", "true");
    history.replaceState(null, "", chunk.href);
    try {
      await text.show(chunk.dataset.start, chunk.dataset.end);
    } catch (refused) {
      toast(refused.message);
    }
  });
  const more = document.getElementById("more-chunks");
  more?.addEventListener("click", async (event) => {
    event.preventDefault();
    const fragment = elements(await html(`/app/documents/${id}/${version}/chunks?from=${more.dataset.from}`));
    const next = fragment.querySelector("[data-next]")?.dataset.next;
    list.append(...fragment.querySelectorAll("li"));
    more.hidden = !next;
    if (next) more.dataset.from = next;
  });
}

document.getElementById("document-state").addEventListener("click", async (event) => {
  const button = event.target.closest("[data-act]");
  if (!button) return;
  button.disabled = true;
  try {
    await json("POST", `/app/documents/${id}/${button.dataset.act}`);
    page.dataset.working = page.dataset.own = "true";
    await refresh();
    watch();
  } catch (refused) {
    toast(refused.message);
    button.disabled = false;
  }
});

async function refresh() {
  const fragment = elements(await html(`/app/documents/${id}/state?part=${document.querySelector("[data-part]")?.dataset.part ?? 0}`));
  localTimes(fragment);
  const state = document.getElementById("document-state");
  const timeline = fragment.querySelector("#timeline");
  if (timeline) timeline.open = document.getElementById("timeline")?.open ?? false;
  state.replaceChildren(...fragment.querySelector("#document-state").childNodes);
  const { status, parts } = state.querySelector("[data-status]").dataset;
  if ((status === "ready" || status === "held") && page.dataset.own) location.reload();
  if (status === "failed" || status === "held" || (status === "ready" && !parts)) delete page.dataset.working;
}

function watch() {
  if (!page.dataset.working) return;
  setTimeout(async () => {
    try {
      await refresh();
    } catch {
      // ask again
    }
    watch();
  }, 1000);
}
watch();

document.getElementById("replacement")?.addEventListener("change", async (event) => {
  const file = event.target.files[0];
  if (!file) return;
  event.target.closest("details").open = false;
  toast(t("js.document.sending", file.name));
  const form = new FormData();
  form.append("file", file, file.name);
  try {
    const response = await fetch(`/app/documents/${id}/replace`, { method: "POST", headers: csrfHeaders(), body: form });
    if (!response.ok) throw new Error(meaning(response.status, await response.text()));
    page.dataset.working = page.dataset.own = "true";
    await refresh();
    watch();
  } catch (error) {
    toast(error instanceof TypeError ? t("js.error.offline") : error.message);
  }
});
