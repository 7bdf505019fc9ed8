// The tray of uploads. What goes up is known here; what becomes of it is asked from the server, also after another
// page was opened.
import { json } from "./net.js";
import { t } from "./words.js";

const KEY = "zhiwen.tray";
const tray = document.getElementById("tray");
const list = document.getElementById("tray-list");
const sum = document.getElementById("tray-sum");
const template = document.getElementById("tray-item");
const fold = document.getElementById("tray-fold");

/** @type {Map<string, {key: string, name: string, id?: string, status: string, box: HTMLElement}>} */
const items = new Map();
const listeners = new Set();
let timer = 0;
let serial = 0;

/** Told each time documents were seen to move on. */
export const onProgress = (listener) => listeners.add(listener);

export const goingUp = () => [...items.values()].some((item) => item.status === "sending" || item.status === "waiting");

/** A file that is about to go up. */
export function add(name) {
  const key = `up-${Date.now()}-${serial++}`;
  const item = { key, name, status: "waiting", box: box(name) };
  items.set(key, item);
  show(item, { statusText: t("js.tray.waiting") });
  draw();
  return {
    sending(sent, total) {
      item.status = "sending";
      show(item, { statusText: t("js.tray.sending", total ? Math.floor((sent / total) * 100) : 0), done: sent, total });
      draw();
    },
    arrived(row) {
      item.id = row.id;
      apply(item, row);
      keep();
      poll();
    },
    refused(reason, again) {
      item.status = "failed";
      show(item, { statusText: t("js.tray.refused"), reason });
      const acts = item.box.querySelector(".acts");
      acts.hidden = !again;
      acts.querySelector("[data-act=open]").hidden = true;
      acts.querySelector("[data-act=retry]").onclick = () => {
        items.delete(key);
        item.box.remove();
        again();
      };
      draw();
    },
  };
}

function box(name) {
  const element = template.content.firstElementChild.cloneNode(true);
  const label = element.querySelector(".tray-name");
  label.textContent = name;
  label.title = name;
  list.prepend(element);
  return element;
}

function show(item, { statusText, done, total, reason, busy }) {
  const state = item.box.querySelector(".state");
  state.textContent = statusText;
  state.dataset.status = item.status;
  const bar = item.box.querySelector("progress");
  bar.setAttribute("aria-label", item.name);
  bar.hidden = !(total > 0) && !busy;
  if (total > 0) {
    bar.max = total;
    bar.value = done;
  } else {
    bar.removeAttribute("value");
  }
  const why = item.box.querySelector(".reason");
  why.hidden = !reason;
  why.textContent = reason ?? "";
}

function apply(item, row) {
  item.status = row.status;
  item.since ??= Date.now();
  const seconds = row.working ? Math.round((Date.now() - item.since) / 1000) : 0;
  const text = seconds >= 3 ? `${row.statusText} · ${t("js.tray.seconds", seconds)}` : row.statusText;
  show(item, { statusText: text, done: row.done, total: row.working ? row.total : 0, reason: row.reason, busy: row.status === "parsing" });
  const acts = item.box.querySelector(".acts");
  acts.hidden = row.status !== "failed";
  acts.querySelector("[data-act=open]").href = `/library/documents/${row.id}`;
  acts.querySelector("[data-act=retry]").onclick = async () => {
    await json("POST", `/app/documents/${row.id}/retry`);
    item.status = "queued";
    item.since = undefined;
    poll();
  };
}

function draw() {
  tray.hidden = items.size === 0;
  const all = [...items.values()];
  const failed = all.filter((item) => item.status === "failed").length;
  const ready = all.filter((item) => item.status === "ready").length;
  const held = all.filter((item) => item.status === "held").length;
  sum.textContent = failed ? t("js.tray.sum.failed", ready, all.length, failed) : held ? t("js.tray.sum.held", ready, all.length, held) : t("js.tray.sum", ready, all.length);
}

function keep() {
  const known = [...items.values()].filter((item) => item.id).map(({ id, name }) => ({ id, name }));
  sessionStorage.setItem(KEY, JSON.stringify(known.slice(-200)));
}

function inWork() {
  return [...items.values()].filter((item) => item.id && !["ready", "failed", "held"].includes(item.status));
}

function poll() {
  if (timer) return;
  timer = setTimeout(tick, 1000);
}

async function tick() {
  timer = 0;
  const open = inWork().slice(0, 100);
  if (open.length === 0) return;
  try {
    const rows = await json("GET", `/app/documents?${open.map((item) => `id=${item.id}`).join("&")}`);
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const item of open) {
      const row = byId.get(item.id);
      if (row) {
        apply(item, row);
      } else {
        item.box.remove();
        items.delete(item.key);
      }
    }
    draw();
    keep();
    for (const listener of listeners) listener(rows);
  } catch {
    // a lost connection says so by itself; ask again
  }
  poll();
}

/** Reads again what this tab sent up before. */
export function showTray() {
  if (!tray) return;
  let known = [];
  try {
    known = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
  } catch {
    sessionStorage.removeItem(KEY);
  }
  if (known.length && !document.querySelector(".side")) sessionStorage.removeItem(KEY);
  else for (const { id, name } of known) {
    items.set(id, { key: id, id, name, status: "queued", box: box(name) });
  }
  if (items.size) tick().then(draw);
  document.getElementById("tray-close").addEventListener("click", () => {
    if (goingUp()) {
      fold.click();
      return;
    }
    for (const item of items.values()) item.box.remove();
    items.clear();
    sessionStorage.removeItem(KEY);
    draw();
  });
  fold.addEventListener("click", () => {
    const folded = tray.toggleAttribute("data-folded");
    fold.setAttribute("aria-expanded", String(!folded));
  });
}

addEventListener("beforeunload", (event) => {
  if (goingUp()) event.preventDefault();
});
