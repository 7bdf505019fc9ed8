// The question box and what it searches.
import { t } from "./words.js";

export function composer({ send, stop }) {
  const form = document.getElementById("composer");
  const box = document.getElementById("question");
  const sendButton = document.getElementById("send");
  const stopButton = document.getElementById("stop");
  const label = document.getElementById("scope-label");
  const checks = [...form.querySelectorAll("input[name=base]")];
  const DRAFT = "zhiwen.draft";
  let working = false;

  const chosen = () => checks.filter((check) => check.checked).map((check) => check.value);

  function say() {
    const some = chosen();
    if (checks.length === 0) label.textContent = t("js.chat.scope.none");
    else if (some.length === checks.length || some.length === 0) label.textContent = t("js.chat.scope.all", checks.length);
    else if (some.length === 1) label.textContent = checks.find((check) => check.checked).nextElementSibling.textContent;
    else label.textContent = t("js.chat.scope.some", some.length, checks.length);
  }

  function grow() {
    if (!CSS.supports("field-sizing", "content")) {
      box.style.height = "auto";
      box.style.height = `${box.scrollHeight}px`;
    }
    sendButton.disabled = box.value.trim() === "";
    sessionStorage.setItem(DRAFT, box.value);
  }

  function submit() {
    const text = box.value.trim();
    if (!text || working) return;
    const some = chosen();
    box.value = "";
    grow();
    send(text, some.length === checks.length ? [] : some);
    box.focus();
  }

  box.addEventListener("input", grow);
  box.addEventListener("keydown", (event) => {
    // An input method takes Enter for a candidate; 229 is what older ones say.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      submit();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  stopButton.addEventListener("click", stop);
  for (const check of checks) check.addEventListener("change", say);

  box.value = sessionStorage.getItem(DRAFT) ?? "";
  grow();
  say();

  return {
    working(now) {
      working = now;
      const focused = document.activeElement === sendButton || document.activeElement === stopButton;
      sendButton.hidden = now;
      stopButton.hidden = !now;
      if (focused) (now ? stopButton : box).focus();
    },
    ask(text) {
      const draft = box.value;
      box.value = text;
      grow();
      submit();
      box.value = draft;
      grow();
    },
    giveBack(text) {
      if (!box.value) box.value = text;
      grow();
    },
  };
}
