// What every page can do.
import { csrfHeaders } from "./net.js";
import "./find.js";
import { toast } from "./say.js";
import { showTray } from "./tray.js";
import { locale, t } from "./words.js";

// Moments in the reader's own time zone.
const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
export function localTimes(root = document) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const date = new Date(time.dateTime);
    if (!Number.isNaN(date.valueOf())) {
      time.textContent = ("day" in time.dataset ? day : moment).format(date);
      time.title = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium" }).format(date);
    }
  }
}
localTimes();

// Dialogs. Their buttons are commands, which browsers carry out before any script has come; here for those that
// do not know them yet.
const commands = "commandForElement" in HTMLButtonElement.prototype;
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[commandfor]");
  const dialog = button && document.getElementById(button.getAttribute("commandfor"));
  if (dialog && button.getAttribute("command") === "show-modal") {
    button.closest("details.menu")?.removeAttribute("open");
    if (!commands) dialog.showModal();
    // a command is carried out after its click
    setTimeout(() => dialog.querySelector("input:not([type=hidden])")?.select?.());
  } else if (dialog && !commands) dialog.close();
  if (event.target.matches("dialog")) event.target.close();
});

// Menus close when one looks elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopPropagation();
  }
}, true);

// Copying.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  toast(t("js.copied"));
});

// Two fields that must agree.
for (const again of document.querySelectorAll("[data-same-as]")) {
  const first = document.getElementById(again.dataset.sameAs);
  const check = () => again.setCustomValidity(again.value === first.value ? "" : t("js.password.differs"));
  again.addEventListener("input", check);
  first.addEventListener("input", check);
}

// A theme is shown before the server has answered; a language needs its words from there.
for (const form of document.querySelectorAll("form[data-preferences]")) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name !== "theme") return;
    event.preventDefault();
    if (button.value === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = button.value;
    for (const other of form.querySelectorAll("button[name=theme]")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    fetch(form.action, { method: "POST", headers: csrfHeaders(), body: new URLSearchParams({ theme: button.value, back: "/" }), redirect: "manual" });
  });
}

// A form is sent once.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A lost connection says so.
const offline = document.getElementById("offline");
if (offline) {
  addEventListener("offline", () => (offline.hidden = false));
  addEventListener("online", () => (offline.hidden = true));
}

showTray();
