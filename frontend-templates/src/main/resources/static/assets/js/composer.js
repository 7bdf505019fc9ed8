// The question box and what it searches.
import { scope } from "./scope.js";

export function composer({ send, stop }) {
  const form = document.getElementById("composer");
  const box = document.getElementById("question");
  const sendButton = document.getElementById("send");
  const stopButton = document.getElementById("stop");
  const searched = scope(form);
  const DRAFT = "zhiwen.draft";
  let working = false;

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
    box.value = "";
    grow();
    send(text, searched.chosen());
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

  box.value = sessionStorage.getItem(DRAFT) ?? "";
  grow();

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
