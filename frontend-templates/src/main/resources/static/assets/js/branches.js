// Another question in the place of one, and a chat that goes on from an answer. The last question is asked anew in its
// place; an earlier one stays, and the chat goes on in a copy.
import { json } from "./net.js";
import { toast } from "./say.js";

const NEXT = "zhiwen.next";
const template = document.getElementById("edit-template");

export function branches(turns, { chat, busy, ask }) {
  const url = (turn, what) => `/app/conversations/${chat()}/questions/${turn.dataset.message}/${what}`;

  function close(turn) {
    turn.querySelector(".rewrite")?.remove();
    turn.querySelector(".asked").hidden = false;
  }

  function edit(turn) {
    const asked = turn.querySelector(".asked");
    const form = template.content.firstElementChild.cloneNode(true);
    const box = form.elements.text;
    box.value = turn.querySelector(".question").textContent;
    asked.hidden = true;
    asked.after(form);
    form.querySelector("p").hidden = turn === turns.lastElementChild;
    box.focus();
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close(turn);
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = box.value.trim();
      if (text && !busy()) instead(turn, text);
    });
  }

  async function instead(turn, text) {
    try {
      const { id } = await json("POST", url(turn, "instead"), { text });
      if (id === chat()) {
        turn.remove();
        ask(text);
      } else {
        sessionStorage.setItem(NEXT, JSON.stringify({ id, text }));
        location.assign(`/chat/${id}`);
      }
    } catch (refused) {
      toast(refused.message);
    }
  }

  async function branch(turn) {
    try {
      const { id } = await json("POST", url(turn, "branch"));
      location.assign(`/chat/${id}`);
    } catch (refused) {
      toast(refused.message);
    }
  }

  turns.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    const turn = event.target.closest(".turn");
    if (act === "edit-close") {
      close(turn);
      turn.querySelector("[data-act=edit]").focus();
    }
    if (busy()) return;
    if (act === "edit") edit(turn);
    if (act === "branch") branch(turn);
  });

  // a question taken along to the copy
  const next = JSON.parse(sessionStorage.getItem(NEXT) ?? "null");
  sessionStorage.removeItem(NEXT);
  if (next && next.id === chat()) ask(next.text);
}
