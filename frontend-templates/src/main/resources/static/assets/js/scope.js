// What a question searches: through an assistant or not, whole bases, and folders and files of others.
import { json } from "./net.js";
import { announce, toast } from "./say.js";
import { t } from "./words.js";

export function scope(form) {
  const checks = [...form.querySelectorAll("input[name=base]")];
  const assistants = [...form.querySelectorAll("input[name=assistant]")];
  const label = document.getElementById("scope-label");
  const badge = document.getElementById("chat-assistant");
  const told = document.getElementById("scope-told");
  const parts = document.getElementById("scope-parts");
  const partTemplate = document.getElementById("part-template");
  const dialog = document.getElementById("pick");
  const list = document.getElementById("pick-list");
  const itemTemplate = document.getElementById("pick-item");
  const words = document.getElementById("pick-words");
  const above = document.getElementById("pick-above");
  let base = "";
  let folder = "";
  let asked = 0;

  const assistant = () => assistants.find((one) => one.checked && one.value);
  const offered = () => {
    const its = assistant()?.dataset.bases.split(" ");
    return its ? checks.filter((check) => its.includes(check.value)) : checks;
  };
  const whole = () => offered().filter((check) => check.checked);
  const chips = () => [...parts.children];
  const chip = (id) => chips().find((one) => one.dataset.id === id);
  const ids = (kind) => chips().filter((one) => one.dataset.kind === kind).map((one) => one.dataset.id);

  function say() {
    const some = whole();
    const checks = offered();
    const one = assistant();
    const few = chips().length;
    parts.hidden = few === 0;
    const asked = new Set([...some.map((check) => check.value), ...chips().map((one) => one.dataset.base)]);
    const all = asked.size === 0 ? checks : checks.filter((check) => asked.has(check.value));
    told.hidden = one !== undefined || new Set(all.map((check) => check.dataset.told)).size < 2;
    if (checks.length === 0) label.textContent = t("js.chat.scope.none");
    else if (few > 0) {
      const beside = some.map((check) => check.closest("label").textContent.trim());
      label.textContent = [...beside, t("js.chat.scope.parts", few)].join(" + ");
    } else if (some.length === checks.length || some.length === 0) label.textContent = t("js.chat.scope.all", checks.length);
    else if (some.length === 1) label.textContent = some[0].closest("label").textContent.trim();
    else label.textContent = t("js.chat.scope.some", some.length, checks.length);
    if (one) {
      const narrowed = few > 0 || (some.length > 0 && some.length < checks.length);
      label.textContent = narrowed ? `${one.dataset.name} · ${label.textContent}` : one.dataset.name;
    }
    badge.textContent = one?.dataset.name ?? "";
    badge.hidden = !one;
  }

  /** Shows what belongs to the assistant: its bases and its first questions. */
  function through() {
    const its = offered();
    for (const check of checks) check.closest(".scope-base").hidden = !its.includes(check);
    for (const part of chips()) if (!its.some((check) => check.value === part.dataset.base)) part.remove();
    const chosen = assistant()?.value ?? "";
    for (const openings of document.querySelectorAll("[data-openings]")) openings.hidden = openings.dataset.openings !== chosen;
    say();
  }

  // ---- chips

  function add({ kind, id, name }) {
    const box = checks.find((check) => check.value === base);
    if (whole().length === offered().length) for (const check of checks) check.checked = false;
    else if (box) box.checked = false;
    const one = partTemplate.content.firstElementChild.cloneNode(true);
    Object.assign(one.dataset, { kind, id, base });
    one.querySelector(".clip").textContent = name;
    one.querySelector("button").setAttribute("aria-label", t("js.chat.scope.remove", name));
    parts.append(one);
    announce(t("js.chat.scope.added", name));
    say();
  }

  function remove(id) {
    chip(id)?.remove();
    if (chips().length === 0 && whole().length === 0) for (const check of checks) check.checked = true;
    say();
  }

  parts.addEventListener("click", (event) => {
    if (!event.target.closest("[data-act=unpick]")) return;
    remove(event.target.closest("li").dataset.id);
    (parts.querySelector("button") ?? document.getElementById("question")).focus();
  });
  for (const one of assistants) {
    one.addEventListener("change", () => {
      for (const check of checks) check.checked = true;
      for (const part of chips()) part.remove();
      through();
    });
  }
  for (const check of checks) {
    check.addEventListener("change", () => {
      if (check.checked) for (const one of chips()) if (one.dataset.base === check.value) one.remove();
      say();
    });
  }

  // ---- picking

  function row(part) {
    const item = itemTemplate.content.firstElementChild.cloneNode(true);
    const box = item.querySelector("input");
    item.dataset.kind = part.kind;
    item.querySelector(".pick-name").textContent = part.name;
    item.querySelector(".pick-where").textContent =
      part.kind === "folder" ? [part.path, t("js.chat.scope.documents", part.documents)].filter(Boolean).join(" · ") : "";
    box.checked = chip(part.id) !== undefined;
    box.addEventListener("change", () => (box.checked ? add(part) : remove(part.id)));
    const open = item.querySelector("[data-act=open]");
    if (part.kind === "folder") {
      open.setAttribute("aria-label", t("js.chat.scope.open", part.name));
      open.addEventListener("click", () => {
        folder = part.id;
        words.value = "";
        load();
        words.focus();
      });
    } else open.remove();
    return item;
  }

  function crumb(name, id, last) {
    const step = document.createElement(last ? "span" : "button");
    step.textContent = name;
    if (!last) {
      step.type = "button";
      step.className = "link";
      step.addEventListener("click", () => {
        folder = id;
        load();
      });
    }
    return step;
  }

  async function load() {
    const mine = ++asked;
    const query = new URLSearchParams({ q: words.value.trim(), ...(folder ? { folder } : {}) });
    try {
      const inside = await json("GET", `/app/scope/${base}?${query}`);
      if (mine !== asked) return;
      document.getElementById("pick-title").textContent = inside.base;
      const steps = [{ name: inside.base, id: "" }, ...inside.above];
      above.hidden = steps.length === 1;
      above.replaceChildren(...steps.map((step, i) => crumb(step.name, step.id, i === steps.length - 1)));
      list.replaceChildren(...inside.parts.map(row));
      document.getElementById("pick-none").hidden = inside.parts.length > 0;
      document.getElementById("pick-more").hidden = !inside.more;
    } catch (refused) {
      toast(refused.message);
    }
  }

  let typing = 0;
  words.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(load, 200);
  });
  form.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-pick]");
    if (!opener) return;
    base = opener.dataset.pick;
    folder = "";
    words.value = "";
    list.replaceChildren();
    opener.closest("details").open = false;
    dialog.showModal();
    load();
  });
  dialog.addEventListener("close", () => document.getElementById("question").focus());

  through();
  return {
    /** As the server takes it; all of everything is nothing chosen. */
    chosen() {
      const some = whole().map((check) => check.value);
      const all = some.length === offered().length && chips().length === 0;
      return { assistant: assistant()?.value ?? null, bases: all ? [] : some, folders: ids("folder"), documents: ids("document") };
    },
  };
}
