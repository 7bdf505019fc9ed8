// Thumbs beneath an answer: up at once, down with a reason; pressed again it is taken back.
import { json } from "./net.js";
import { toast } from "./say.js";
import { t } from "./words.js";

const template = document.getElementById("feedback-template");
const url = (turn) => `/app/answers/${turn.dataset.answer}/feedback`;

export function feedback(turns) {
  const thumbs = (turn) => [turn.querySelector("[data-act=up]"), turn.querySelector("[data-act=down]")];

  function press(turn, thumb) {
    for (const button of thumbs(turn)) button.setAttribute("aria-pressed", String(button.dataset.act === thumb));
  }

  const pressed = (turn) => thumbs(turn).find((button) => button.getAttribute("aria-pressed") === "true")?.dataset.act ?? "";

  async function rate(turn, thumb, verdict) {
    const before = pressed(turn);
    press(turn, thumb);
    try {
      if (thumb) await json("PUT", url(turn), { good: thumb === "up", ...verdict });
      else await json("DELETE", url(turn));
      return true;
    } catch (refused) {
      press(turn, before);
      toast(refused.message);
      return false;
    }
  }

  function open(turn) {
    const form = turn.querySelector(".feedback");
    form.replaceChildren(template.content.cloneNode(true));
    const { reason, comment, correction } = form.dataset;
    for (const radio of form.elements.reason) radio.checked = radio.value === reason;
    form.elements.comment.value = comment ?? "";
    form.elements.correction.value = correction ?? "";
    form.hidden = false;
    form.scrollIntoView({ block: "nearest" });
    form.querySelector("input").focus({ preventScroll: true });
  }

  function close(turn) {
    const form = turn.querySelector(".feedback");
    form.hidden = true;
    form.replaceChildren();
  }

  turns.addEventListener("click", async (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (!["up", "down", "feedback-close"].includes(act)) return;
    const turn = event.target.closest(".turn");
    if (act === "feedback-close") {
      close(turn);
      turn.querySelector("[data-act=down]").focus();
    } else if (pressed(turn) === act) {
      close(turn);
      await rate(turn, "", {});
    } else if (act === "up") {
      close(turn);
      if (await rate(turn, "up", {})) toast(t("js.feedback.thanks"));
    } else if (await rate(turn, "down", {})) {
      open(turn);
    }
  });

  turns.addEventListener("submit", async (event) => {
    if (!event.target.matches(".feedback")) return;
    event.preventDefault();
    const form = event.target;
    const turn = form.closest(".turn");
    const verdict = {
      reason: form.elements.reason.value || null,
      comment: form.elements.comment.value,
      correction: form.elements.correction.value,
    };
    if (!(await rate(turn, "down", verdict))) return;
    Object.assign(form.dataset, { ...verdict, reason: verdict.reason ?? "" });
    close(turn);
    turn.querySelector("[data-act=down]").focus();
    toast(t("js.feedback.thanks"));
  });

  return {
    /** Of an answer that was just written: nobody has rated it. */
    anew(turn, answer) {
      turn.dataset.answer = answer;
      const way = turn.querySelector("[data-act=way]");
      way.href = `/answers/${answer}`;
      way.hidden = !answer;
      press(turn, "");
      close(turn);
      Object.assign(turn.querySelector(".feedback").dataset, { reason: "", comment: "", correction: "" });
    },
  };
}
