// One base: uploading, and its documents as they move on.
import { elements } from "./html.js";
import { csrfHeaders, html, json, meaning } from "./net.js";
import { localTimes } from "./page.js";
import { toast, unlessUndone } from "./say.js";
import * as tray from "./tray.js";
import { t } from "./words.js";

const page = document.querySelector("[data-base]");
const base = page.dataset.base;
const limit = Number(page.dataset.max);
const body = document.getElementById("rows");

// ---- rows

function place(fragment, where) {
  localTimes(fragment);
  for (const row of [...fragment.querySelectorAll("tr[data-id]")]) {
    const old = document.getElementById(`row-${row.dataset.id}`);
    if (old) {
      const held = old.contains(document.activeElement) ? document.activeElement.dataset.act ?? "link" : null;
      row.hidden = old.hidden;
      const tick = row.querySelector("input[name=document]");
      if (tick) tick.checked = old.querySelector("input[name=document]")?.checked ?? false;
      old.replaceWith(row);
      if (held) (row.querySelector(`[data-act="${held}"]`) ?? row.querySelector("a"))?.focus();
    } else {
      body[where === "top" ? "prepend" : "append"](row);
      document.getElementById("range")?.remove(); // it counts what was listed
    }
  }
  const some = body.children.length > 0;
  document.getElementById("documents-some").hidden = !some;
  document.getElementById("documents-empty").hidden = some;
}

async function refresh(ids, where = "keep") {
  if (ids.length === 0) return;
  const fragment = elements(await html(`/app/bases/${base}/documents?${ids.map((id) => `id=${id}`).join("&")}`));
  const facts = fragment.querySelector("tbody")?.dataset.facts;
  if (facts) {
    document.getElementById("base-facts")?.replaceChildren(
      ...facts.split("\n").map((fact) => Object.assign(document.createElement("span"), { textContent: fact })),
    );
  }
  const seen = new Set([...fragment.querySelectorAll("tr[data-id]")].map((row) => row.dataset.id));
  place(fragment, where);
  for (const id of ids) if (!seen.has(id)) document.getElementById(`row-${id}`)?.remove();
}

let timer = 0;
function watch() {
  if (timer) return;
  timer = setTimeout(async () => {
    timer = 0;
    const working = [...body.querySelectorAll("tr[data-working]")].slice(0, 100).map((row) => row.dataset.id);
    if (working.length === 0) return;
    try {
      await refresh(working);
    } catch {
      // a lost connection says so by itself; ask again
    }
    watch();
  }, 1000);
}
watch();

// ---- what failed, while it is tried again

function watchRetries() {
  if (!document.getElementById("failures")?.dataset.working) return;
  setTimeout(async () => {
    try {
      const next = elements(await html(`/app/bases/${base}/failures`)).querySelector("#failures");
      const old = document.getElementById("failures");
      const open = old.querySelector("details")?.open ?? false;
      if (next.querySelector("details")) next.querySelector("details").open = open;
      old.replaceWith(next);
    } catch {
      // ask again
    }
    watchRetries();
  }, 2000);
}
watchRetries();

// ---- ticked rows

const bulk = document.getElementById("bulk");
const all = document.getElementById("tick-all");
const ticks = () => [...body.querySelectorAll("input[name=document]")];
function sum() {
  if (!bulk) return;
  const on = ticks().filter((tick) => tick.checked).length;
  bulk.hidden = on === 0;
  document.getElementById("bulk-sum").textContent = t("js.many.sum", on);
  all.checked = on > 0 && on === ticks().length;
  all.indeterminate = on > 0 && !all.checked;
}
if (bulk) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const tick of ticks()) tick.checked = all.checked;
    sum();
  });
  body.addEventListener("change", sum);
  addEventListener("pageshow", sum);
  sum();
}

// ---- the value many documents are given, asked for as its field takes it

const fieldOfMany = bulk?.querySelector("select[name=field]");
function asked() {
  const { kind, choices } = fieldOfMany.selectedOptions[0].dataset;
  const value = bulk.querySelector("input[name=value]");
  value.type = kind === "number" || kind === "date" ? kind : "text";
  if (kind === "number") value.step = "any";
  const known = kind === "choice" ? choices.split("\n") : kind === "yes-no" ? [t("js.field.yes"), t("js.field.no")] : [];
  document.getElementById("known-values").replaceChildren(...known.map((each) => new Option(each, each)));
}
if (fieldOfMany) {
  fieldOfMany.addEventListener("change", () => {
    bulk.querySelector("input[name=value]").value = "";
    asked();
  });
  asked();
}

body.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-act]");
  if (!button) return;
  const row = button.closest("tr");
  const { id, name } = row.dataset;
  try {
    if (button.dataset.act === "delete") {
      const seen = (now) => {
        const still = document.getElementById(row.id);
        if (still) still.hidden = !now;
      };
      seen(false);
      (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("a")?.focus();
      unlessUndone(
        t("js.document.deleted", name),
        t("js.undo"),
        () => json("DELETE", `/app/documents/${id}`, undefined, { keepalive: true }).then(
          () => {
            document.getElementById(row.id)?.remove();
            place(document.createDocumentFragment(), "keep");
          },
          (refused) => {
            seen(true);
            toast(refused.message);
          },
        ),
        () => seen(true),
      );
    } else {
      button.disabled = true;
      await json("POST", `/app/documents/${id}/${button.dataset.act}`);
      await refresh([id]);
      watch();
    }
  } catch (refused) {
    button.disabled = false;
    toast(refused.message);
  }
});

// ---- uploading

const queue = [];
let running = 0;

async function send(all) {
  const files = all.filter((file) => file.name !== ".DS_Store" && file.name !== "Thumbs.db");
  const taken = await takenNames(files);
  const chosen = taken.size === 0 ? "keep" : await askAbout(files.filter((file) => taken.has(file.name)));
  for (const file of files) {
    if (chosen === "skip" && taken.has(file.name)) continue;
    const entry = tray.add(file.name);
    const again = () => send([file]);
    if (limit && file.size > limit) entry.refused(t("js.error.tooLarge"));
    else if (file.size === 0) entry.refused(t("js.upload.empty"));
    else queue.push({ file, entry, again, version: chosen === "version" && taken.has(file.name) });
  }
  pump();
}

// Where the question cannot be answered the upload will say why.
async function takenNames(files) {
  try {
    const names = files.map((file) => file.name);
    return new Set(await json("POST", `/app/bases/${base}/documents/taken`, { folder: page.dataset.folderId || null, names }));
  } catch {
    return new Set();
  }
}

const sameName = document.getElementById("same-name");

/** What shall become of files whose names are taken: "version", "keep" or "skip". */
function askAbout(files) {
  const names = sameName.querySelector("ul");
  names.replaceChildren(...files.slice(0, 20).map((file) => Object.assign(document.createElement("li"), { textContent: file.name, className: "clip" })));
  const more = sameName.querySelector("[data-more]");
  more.hidden = files.length <= 20;
  more.textContent = t("js.upload.more", files.length - 20);
  sameName.returnValue = "";
  delete sameName.querySelector("form").dataset.sent;
  sameName.showModal();
  return new Promise((decided) => {
    sameName.addEventListener("close", () => decided(sameName.returnValue || "skip"), { once: true });
  });
}

function pump() {
  while (running < 2 && queue.length) {
    const next = queue.shift();
    running++;
    put(next).finally(() => {
      running--;
      pump();
    });
  }
}

// XMLHttpRequest, because fetch does not say how much has gone up.
function put({ file, entry, again, version }) {
  return new Promise((resolve) => {
    const call = new XMLHttpRequest();
    call.open("POST", `/app/bases/${base}/documents`);
    for (const [name, value] of Object.entries(csrfHeaders())) call.setRequestHeader(name, value);
    call.setRequestHeader("Accept", "application/json");
    call.upload.addEventListener("progress", (event) => entry.sending(event.loaded, event.total));
    call.addEventListener("load", () => {
      if (call.status >= 200 && call.status < 300) {
        const row = JSON.parse(call.responseText);
        entry.arrived(row);
        if (row.note) toast(row.note);
        refresh([row.id], "top").then(watch, () => {});
      } else {
        entry.refused(meaning(call.status, call.responseText), again);
      }
      resolve();
    });
    call.addEventListener("error", () => {
      entry.refused(t("js.error.offline"), again);
      resolve();
    });
    const form = new FormData();
    form.append("file", file, file.name);
    if (page.dataset.folderId) form.append("folder", page.dataset.folderId);
    if (version) form.append("version", "true");
    entry.sending(0, file.size);
    call.send(form);
  });
}

for (const id of ["files", "folder"]) {
  const input = document.getElementById(id);
  const take = () => {
    send([...input.files]);
    input.value = "";
  };
  input?.addEventListener("change", take);
  // chosen before this script arrived
  if (input?.files.length) take();
}

tray.onProgress((rows) => {
  const here = rows.filter((row) => document.getElementById(`row-${row.id}`) && !row.working).map((row) => row.id);
  refresh(here).catch(() => {});
});

// Drop anywhere.
const veil = document.getElementById("drop-veil");
const mayUpload = document.getElementById("files") !== null;
let depth = 0;
const carriesFiles = (event) => mayUpload && event.dataTransfer?.types.includes("Files");
addEventListener("dragenter", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  depth++;
  veil.hidden = false;
});
addEventListener("dragover", (event) => {
  if (carriesFiles(event)) event.preventDefault();
});
addEventListener("dragleave", (event) => {
  if (!carriesFiles(event)) return;
  depth = Math.max(0, depth - 1);
  veil.hidden = depth === 0;
});
addEventListener("drop", async (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  depth = 0;
  veil.hidden = true;
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const loose = [...event.dataTransfer.files];
  if (entries.some((entry) => entry.isDirectory)) send((await Promise.all(entries.map(filesOf))).flat());
  else send(loose);
});

async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((give, fail) => entry.file(give, fail))];
  const reader = entry.createReader();
  const found = [];
  while (true) {
    const some = await new Promise((give, fail) => reader.readEntries(give, fail));
    if (some.length === 0) return found;
    found.push(...(await Promise.all(some.map(filesOf))).flat());
  }
}
