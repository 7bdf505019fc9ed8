// The list of chats: rename, delete, and new ones on top.
import { json } from "./net.js";
import { toast, unlessUndone } from "./say.js";
import { t } from "./words.js";

export function history(deleted, renamed) {
  const list = document.getElementById("history");
  const template = document.getElementById("history-template");
  const none = document.getElementById("history-empty");

  const search = document.getElementById("history-words");
  const nothing = none.textContent;

  function count() {
    none.hidden = [...list.children].some((item) => !item.hidden);
    none.textContent = search.value.trim() ? t("js.chat.history.nothing") : nothing;
  }

  // ---- finding one

  let asked = 0;
  let waiting = 0;
  async function find() {
    const words = search.value.trim();
    const mine = ++asked;
    let found = null;
    if (words) {
      try {
        found = new Set((await json("GET", `/app/conversations?${new URLSearchParams({ q: words })}`)).map(({ id }) => id));
      } catch (refused) {
        toast(refused.message);
        return;
      }
    }
    if (mine !== asked) return;
    for (const item of list.children) item.hidden = found !== null && !found.has(item.dataset.id);
    count();
  }
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 200);
  });
  document.getElementById("history-search").addEventListener("submit", (event) => {
    event.preventDefault();
    find();
  });

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    const item = button.closest("li");
    item.querySelector("details").open = false;
    const act = { rename, share, unshare, delete: remove }[button.dataset.act];
    act(item);
  });

  function rename(item) {
    const link = item.querySelector("a");
    const form = document.createElement("form");
    const input = document.createElement("input");
    input.className = "input";
    input.value = link.textContent.trim();
    input.maxLength = 60;
    input.setAttribute("aria-label", t("js.chat.rename"));
    input.dataset.testid = "history-name";
    form.append(input);
    link.hidden = true;
    link.after(form);
    input.select();
    input.focus();
    let done = false;
    const finish = async (keep) => {
      if (done) return;
      done = true;
      const name = input.value.trim();
      form.remove();
      link.hidden = false;
      link.focus();
      if (!keep || !name || name === link.textContent.trim()) return;
      try {
        const { title } = await json("PUT", `/app/conversations/${item.dataset.id}`, { title: name });
        link.querySelector("span").textContent = title;
        renamed(item.dataset.id, title);
      } catch (refused) {
        toast(refused.message);
      }
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      finish(true);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        finish(false);
      }
    });
    input.addEventListener("blur", () => finish(true));
  }

  async function share(item) {
    try {
      const { path } = await json("POST", `/app/conversations/${item.dataset.id}/share`);
      item.dataset.shared = "true";
      // without TLS a browser gives pages no clipboard: the link can be taken from its page
      const copied = await Promise.race([
        navigator.clipboard?.writeText(new URL(path, location.href).href).then(() => true, () => false),
        // a browser that asks first is not waited for
        new Promise((done) => setTimeout(done, 2000, false)),
      ]);
      toast(t(copied ? "js.chat.shared" : "js.chat.shared.only"), { label: t("js.chat.shared.open"), action: () => location.assign(path), seconds: 10 });
    } catch (refused) {
      toast(refused.message);
    }
  }

  async function unshare(item) {
    try {
      await json("DELETE", `/app/conversations/${item.dataset.id}/share`);
      delete item.dataset.shared;
      toast(t("js.chat.unshared"));
    } catch (refused) {
      toast(refused.message);
    }
  }

  function remove(item) {
    item.hidden = true;
    count();
    const { id } = item.dataset;
    unlessUndone(
      t("js.chat.deleted", item.querySelector("a").textContent.trim()),
      t("js.undo"),
      () => json("DELETE", `/app/conversations/${id}`, undefined, { keepalive: true }).then(
        () => {
          item.remove();
          deleted(id);
        },
        (refused) => {
          item.hidden = false;
          count();
          toast(refused.message);
        },
      ),
      () => {
        item.hidden = false;
        count();
      },
    );
  }

  return {
    add(id, title) {
      if ([...list.children].some((item) => item.dataset.id === id)) return;
      const item = template.content.firstElementChild.cloneNode(true);
      item.dataset.id = id;
      item.dataset.current = "true";
      const link = item.querySelector("a");
      link.href = `/chat/${id}`;
      for (const file of item.querySelectorAll("[data-export]")) file.href = `/chat/${id}/export.${file.dataset.export}`;
      link.setAttribute("aria-current", "page");
      link.querySelector("span").textContent = title;
      list.prepend(item);
      count();
    },
  };
}
