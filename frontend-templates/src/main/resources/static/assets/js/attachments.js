// Files for this chat alone: sent, watched until they are read, taken away again.
import { csrfHeaders, json, meaning } from "./net.js";
import { announce, toast } from "./say.js";
import { t } from "./words.js";

/** @param chat what the chat is, and what it becomes with its first file */
export function attachments({ chat, begun }) {
  const input = document.getElementById("attach");
  const list = document.getElementById("attached");
  const template = document.getElementById("attached-template");
  let timer = 0;

  const entries = () => [...list.children];
  const working = () => entries().filter((one) => !["ready", "failed"].includes(one.dataset.status));

  function entry(name) {
    const one = template.content.firstElementChild.cloneNode(true);
    one.querySelector(".name").textContent = name;
    one.querySelector(".name").title = name;
    one.querySelector("button").setAttribute("aria-label", t("js.chat.attach.remove", name));
    one.dataset.status = "sending";
    list.append(one);
    list.hidden = false;
    return one;
  }

  function show(one, file) {
    if (one.dataset.status !== file.status && file.status === "ready") announce(t("js.chat.attach.ready", file.name));
    one.dataset.id = file.id;
    one.dataset.status = file.status;
    const progress = file.working && file.total > 0 ? ` ${Math.round((100 * file.done) / file.total)} %` : "";
    one.querySelector(".state").textContent = file.status === "ready" ? "" : file.reason || file.statusText + progress;
    one.title = file.reason || file.statusText;
  }

  function away(one) {
    one.remove();
    list.hidden = list.children.length === 0;
  }

  async function look() {
    clearTimeout(timer);
    if (!chat()) return;
    try {
      const files = await json("GET", `/app/conversations/${chat()}/attachments`);
      for (const file of files) {
        show(entries().find((one) => one.dataset.id === file.id) ?? entry(file.name), file);
      }
    } catch {
      // the next look may succeed
    }
    if (working().length > 0) timer = setTimeout(look, 1000);
  }

  async function send(file) {
    const one = entry(file.name);
    const form = new FormData();
    form.append("file", file);
    try {
      const url = chat() ? `/app/conversations/${chat()}/attachments` : "/app/conversations/attachments";
      const response = await fetch(url, { method: "POST", headers: csrfHeaders(), body: form, redirect: "error" });
      if (!response.ok) throw new Error(meaning(response.status, await response.text()));
      const attached = await response.json();
      begun(attached.chat);
      if (entries().some((other) => other !== one && other.dataset.id === attached.file.id)) away(one);
      else show(one, attached.file);
      if (!one.isConnected && attached.file.id && one.dataset.gone) detach(one);
    } catch (error) {
      away(one);
      toast(t("js.chat.attach.failed", file.name, error instanceof TypeError ? t("js.error.offline") : error.message));
    }
  }

  async function detach(one) {
    away(one);
    one.dataset.gone = "true";
    if (!one.dataset.id) return;
    try {
      await json("DELETE", `/app/conversations/${chat()}/attachments/${one.dataset.id}`);
    } catch (refused) {
      if (refused.status !== 404) toast(refused.message);
    }
  }

  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    // one after the other: the first one may begin the chat
    for (const file of files) await send(file);
    look();
    document.getElementById("question").focus();
  });
  list.addEventListener("click", (event) => {
    if (event.target.closest("[data-act=detach]")) detach(event.target.closest("li"));
  });
  look();

  return {
    /** The first file that is not read yet. */
    unread: () => working()[0]?.querySelector(".name").textContent,
    has: (document) => entries().some((one) => one.dataset.id === document),
  };
}
