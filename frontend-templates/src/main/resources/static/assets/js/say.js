// Short messages: seen, and heard by those who listen.
const toasts = document.getElementById("toasts");
const template = document.getElementById("toast");
const voice = document.getElementById("voice");

/** Shows a line for a while; with `action` it can be answered. Returns how to take it away. */
export function toast(text, { action, label, seconds = 6 } = {}) {
  const box = template.content.firstElementChild.cloneNode(true);
  box.querySelector("span").textContent = text;
  const button = box.querySelector("button");
  const away = () => {
    clearTimeout(timer);
    box.remove();
  };
  const timer = setTimeout(away, seconds * 1000);
  if (action) {
    button.textContent = label;
    button.addEventListener("click", () => {
      away();
      action();
    });
  } else {
    button.remove();
  }
  toasts.append(box);
  return away;
}

/** Heard, not seen. */
export function announce(text) {
  if (voice) voice.textContent = text;
}

/**
 * Does something that cannot be undone after a few seconds in which it can. Leaving the page does it at once.
 */
export function unlessUndone(text, label, act, undo) {
  let open = true;
  const now = () => {
    if (!open) return;
    open = false;
    removeEventListener("pagehide", now);
    away();
    act();
  };
  const timer = setTimeout(now, 6000);
  const away = toast(text, {
    label,
    seconds: 6,
    action: () => {
      open = false;
      clearTimeout(timer);
      removeEventListener("pagehide", now);
      undo();
    },
  });
  addEventListener("pagehide", now);
}
