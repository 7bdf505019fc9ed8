// The chat inside of a frame on another site. It knows its own page only; nothing of it is kept.
import { elements } from "./html.js";
import { events, request } from "./net.js";
import { t } from "./words.js";

const turns = document.getElementById("turns");
const form = document.getElementById("ask");
const box = document.getElementById("question");
const send = document.getElementById("send");
const voice = document.getElementById("voice");
const template = document.getElementById("turn");
const REMEMBERED = 3;
const history = [];
let working = false;

function source({ number, name, where, text, note }) {
  const item = document.createElement("li");
  const details = document.createElement("details");
  details.dataset.n = number;
  const summary = document.createElement("summary");
  summary.textContent = [`[${number}] ${name}`, where, note].filter(Boolean).join(" · ");
  const passage = document.createElement("p");
  passage.textContent = text;
  details.append(summary, passage);
  item.append(details);
  return item;
}

async function ask(question) {
  working = true;
  send.disabled = true;
  document.getElementById("hello")?.remove();
  const turn = template.content.firstElementChild.cloneNode(true);
  const answer = turn.querySelector(".answer");
  turn.querySelector(".widget-question").textContent = question;
  turns.append(turn);
  turn.scrollIntoView({ block: "end" });
  const streaming = document.createElement("p");
  streaming.className = "streaming";
  try {
    const response = await request("POST", turns.dataset.ask, { question, history: history.slice(-REMEMBERED) }, { accept: "text/event-stream" });
    let told = false;
    for await (const { event, data } of events(response)) {
      if (event === "token") {
        if (!streaming.isConnected) answer.replaceChildren(streaming);
        streaming.append(data.text);
        turn.scrollIntoView({ block: "end" });
      } else if (event === "restarted") {
        streaming.textContent = "";
      } else if (event === "done") {
        told = true;
        answer.replaceChildren(elements(data.html));
        const note = turn.querySelector(".widget-note");
        note.textContent = data.note ?? "";
        note.hidden = !data.note;
        turn.querySelector(".widget-sources").append(...data.sources.map(source));
        if (!data.refused) history.push({ question, answer: data.text.slice(0, 8000) });
        voice.textContent = t("js.chat.answered");
      } else if (event === "error") {
        told = true;
        answer.textContent = t("js.error.server");
      }
    }
    if (!told) answer.textContent = t("js.error.offline");
  } catch (error) {
    answer.textContent = error.message;
  } finally {
    answer.removeAttribute("aria-busy");
    working = false;
    send.disabled = false;
    box.focus();
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = box.value.trim();
  if (!question || working) return;
  box.value = "";
  ask(question);
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
    event.preventDefault();
    form.requestSubmit();
  }
});
turns.addEventListener("click", (event) => {
  const cite = event.target.closest(".cite");
  if (!cite) return;
  const details = cite.closest(".widget-turn").querySelector(`details[data-n="${CSS.escape(cite.dataset.n)}"]`);
  if (details) {
    details.open = true;
    details.querySelector("summary").focus();
    details.scrollIntoView({ block: "nearest" });
  }
});

const away = () => parent.postMessage("zhiwen:close", "*");
document.getElementById("close").addEventListener("click", away);
addEventListener("keydown", (event) => {
  if (event.key === "Escape") away();
});
box.focus();
