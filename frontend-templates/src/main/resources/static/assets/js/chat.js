// The chat: asking, reading the answer as it comes, walking its sources.
import { attachments } from "./attachments.js";
import { asTex, formulas } from "./formulas.js";
import { elements } from "./html.js";
import { branches } from "./branches.js";
import { feedback } from "./feedback.js";
import { figuresOf } from "./figures.js";
import { history } from "./history.js";
import { Refused, csrfHeaders, events, json, meaning } from "./net.js";
import { announce, toast } from "./say.js";
import { follow } from "./scroll.js";
import { sources } from "./sources.js";
import { composer } from "./composer.js";
import { t } from "./words.js";

const main = document.getElementById("main");
const turns = document.getElementById("turns");
const template = document.getElementById("turn-template");
const sourceTemplate = document.getElementById("source-template");
const figureTemplate = document.getElementById("figure-template");
const title = document.getElementById("chat-title");
let conversation = main.dataset.conversation;
let busy = null;

const view = follow(document.getElementById("scroll"), document.getElementById("to-latest"));
const panel = sources(main, (id) => attached.has(id));
const thumbs = feedback(turns);
const list = history((id) => {
  if (id === conversation) location.assign("/chat");
}, (id, name) => {
  if (id === conversation) named(name);
});
const box = composer({ send, stop });

const attached = attachments({
  chat: () => conversation,
  begun(id) {
    if (id === conversation) return;
    conversation = id;
    main.dataset.conversation = id;
    window.history.replaceState(null, "", `/chat/${id}`);
  },
});

function named(name) {
  title.textContent = name;
  document.title = document.title.replace(/^.* · /, `${name} · `);
}

// ---- asking

function send(text, searched) {
  if (busy) return;
  const unread = attached.unread();
  if (unread) {
    toast(t("js.chat.attach.wait", unread));
    box.giveBack(text);
    return;
  }
  document.getElementById("welcome")?.remove();
  turns.hidden = false;
  const turn = template.content.firstElementChild.cloneNode(true);
  turn.querySelector(".question").textContent = text;
  turn.querySelector(".question").classList.toggle("long", text.length > 160);
  turns.append(turn);
  view.toEnd();
  const url = conversation ? `/app/conversations/${conversation}` : "/app/conversations";
  run(turn, "POST", url, { text, ...searched }, () => {
    box.giveBack(text);
    turn.remove();
  });
}

async function stop() {
  if (!busy || !conversation) return;
  try {
    await json("POST", `/app/conversations/${conversation}/stop`);
  } catch (refused) {
    toast(refused.message);
  }
}

function again(turn) {
  if (busy || !conversation) return;
  show(turn, { state: "running" });
  run(turn, "POST", `/app/conversations/${conversation}/again`, undefined, () => location.reload());
}

/** Reads an answer to its end; a broken line is taken up again where the answer is. */
async function run(turn, method, url, body, unasked) {
  busy = turn;
  box.working(true);
  let begun = false;
  let ended = false;
  let tries = 0;
  try {
    while (!ended) {
      try {
        const response = await fetch(url, {
          method,
          headers: { ...csrfHeaders(), Accept: "text/event-stream", ...(body ? { "Content-Type": "application/json" } : {}) },
          body: body && JSON.stringify(body),
          redirect: "error",
        });
        if (response.status === 204) {
          location.reload();
          return;
        }
        // a server that is restarting, seen before or after anything was said: come again
        if (method === "GET" && [502, 503, 504].includes(response.status)) throw new Error("away");
        if (!response.ok) throw new Refused(meaning(response.status, await response.text()), response.status);
        if (begun) show(turn, { state: "running" });
        for await (const { event, data } of events(response)) {
          begun = true;
          tries = 0;
          ended = take(turn, event, data) || ended;
        }
      } catch (error) {
        if (error instanceof Refused) throw error;
      }
      if (ended) break;
      if (!begun && !conversation) throw new Refused(t("js.error.offline"), 0);
      if (++tries > 8) throw new Refused(t("js.chat.lost"), 0);
      stage(turn, t("js.chat.connecting"));
      await new Promise((done) => setTimeout(done, Math.min(8000, 400 * 2 ** tries)));
      method = "GET";
      body = undefined;
      url = `/app/conversations/${conversation}/events`;
    }
  } catch (refused) {
    if (!begun && unasked && tries === 0) {
      toast(refused.message);
      unasked();
    } else {
      fail(turn, refused.message);
    }
  } finally {
    busy = null;
    box.working(false);
  }
  if (turn.dataset.state === "complete") suggest(turn);
}

// ---- one answer

/** What comes for a turn; true at its end. */
function take(turn, event, data) {
  switch (event) {
    case "conversation":
      if (data.id !== conversation) {
        conversation = data.id;
        main.dataset.conversation = data.id;
        window.history.replaceState(null, "", `/chat/${data.id}`);
        document.querySelector(".side nav a[aria-current]")?.removeAttribute("aria-current");
      }
      if (data.title) {
        list.add(data.id, data.title);
        named(data.title);
      }
      turn.dataset.message = data.question;
      return false;
    case "stage":
      stage(turn, data.text);
      return false;
    case "sources":
      cite(turn, data.items);
      view.keep();
      return false;
    case "blocks":
      blocks(turn, data.from, data.html);
      return false;
    case "thinking": {
      const box = turn.querySelector(".thinking");
      box.hidden = false;
      box.querySelector("div").append(data.text);
      view.keep();
      return false;
    }
    case "restarted":
      turn.querySelector(".answer").replaceChildren();
      spoken = "";
      note(turn, data.note);
      return false;
    case "done":
      show(turn, data);
      announce(`${rest(turn)} ${t("js.chat.answered")}`);
      return true;
    case "failed":
      fail(turn, data.message);
      return true;
    default:
      return false;
  }
}

function stage(turn, text) {
  const line = turn.querySelector(".stage");
  line.hidden = !text;
  line.querySelector("span").textContent = text;
  view.keep();
}

function note(turn, text) {
  const line = turn.querySelector(".note");
  line.hidden = !text;
  line.querySelector("span").textContent = text ?? "";
}

// Blocks wait for the next frame, so that many small pieces are one piece of work.
const waiting = new Map();
let frame = 0;
function blocks(turn, from, html) {
  const held = waiting.get(turn);
  if (held && from >= held.from && from <= held.from + held.html.length) {
    held.html.splice(from - held.from, Infinity, ...html);
  } else {
    if (held) flush();
    waiting.set(turn, { from, html: [...html] });
  }
  if (document.hidden) flush();
  else frame ||= requestAnimationFrame(flush);
}

function flush() {
  cancelAnimationFrame(frame);
  frame = 0;
  for (const [turn, { from, html }] of waiting) put(turn, from, html);
  waiting.clear();
  view.keep();
}

function put(turn, from, html) {
  const answer = turn.querySelector(".answer");
  while (answer.children.length > from) answer.lastElementChild.remove();
  for (const piece of html) {
    const block = document.createElement("div");
    block.className = "block";
    block.append(elements(piece));
    answer.append(block);
  }
  formulas(answer);
  panel.label(turn);
  speak(turn);
}

// Whole sentences are said once, politely.
let spoken = "";
function speak(turn) {
  const text = readable(turn.querySelector(".answer"));
  const end = Math.max(...["。", "！", "？", ". ", "! ", "? ", "\n"].map((mark) => text.lastIndexOf(mark)));
  if (end + 1 > spoken.length) {
    announce(text.slice(spoken.length, end + 1).trim());
    spoken = text.slice(0, end + 1);
  }
}

function rest(turn) {
  const text = readable(turn.querySelector(".answer"));
  const unsaid = text.startsWith(spoken) ? text.slice(spoken.length).trim() : "";
  spoken = "";
  return unsaid;
}

function readable(answer) {
  const copy = answer.cloneNode(true);
  asTex(copy);
  for (const chip of copy.querySelectorAll(".cite, .doubt")) chip.remove();
  return [...copy.children].map((block) => block.textContent.trim()).join("\n");
}

function cite(turn, items) {
  turn.querySelector(".sources").replaceChildren(
    ...items.map((item) => {
      const entry = sourceTemplate.content.firstElementChild.cloneNode(true);
      const button = entry.querySelector(".source");
      Object.assign(button.dataset, {
        n: item.number,
        document: item.document,
        version: item.version,
        start: item.start,
        end: item.end,
        name: item.name,
        where: item.where,
        path: item.path,
        text: item.text,
        page: item.page ?? "",
        note: item.note,
      });
      button.querySelector(".n").textContent = item.number;
      button.querySelector(".clip").textContent = item.name;
      button.querySelector(".where").textContent = item.brief;
      button.querySelector(".aged").textContent = item.note;
      return entry;
    }),
  );
}

/** Shows a turn as it is: running from nothing, or at its end. */
function show(turn, { state, answer = "", fallback = false, refused = false, approved = false, note: said = "", html = [], items = [] }) {
  flush();
  thumbs.anew(turn, answer);
  turn.querySelector(".retry").hidden = !fallback;
  turn.dataset.state = state;
  if (refused) turn.dataset.refused = "true";
  else delete turn.dataset.refused;
  if (approved) turn.dataset.approved = "true";
  else delete turn.dataset.approved;
  stage(turn, state === "running" ? turn.querySelector(".stage span").textContent || "…" : "");
  cite(turn, items);
  put(turn, 0, html);
  turn.querySelector(".pictures").replaceChildren(...(refused ? [] : figuresOf(items, figureTemplate)));
  note(turn, said);
  turn.querySelector(".nearest").hidden = !refused || items.length === 0;
  turn.querySelector(".refusal-help").hidden = !refused;
  turn.querySelector(".failed").hidden = true;
  if (state === "running") {
    spoken = "";
    turn.querySelector(".thinking").hidden = true;
    turn.querySelector(".thinking div").textContent = "";
  }
  view.keep();
}

function fail(turn, message) {
  flush();
  turn.dataset.state = "failed";
  stage(turn, "");
  const line = turn.querySelector(".failed");
  line.querySelector("span").textContent = message;
  line.hidden = false;
  view.keep();
}

// ---- after the end

turns.addEventListener("click", async (event) => {
  const button = event.target.closest(".turn-acts [data-act], .retry [data-act]");
  if (!button || !["copy", "copy-sources", "again", "golden"].includes(button.dataset.act)) return;
  const turn = button.closest(".turn");
  if (button.dataset.act === "again") {
    again(turn);
    return;
  }
  if (button.dataset.act === "golden") {
    takeGolden(turn);
    return;
  }
  const withSources = button.dataset.act === "copy-sources";
  await navigator.clipboard.writeText(withSources ? `${text(turn, true)}\n\n${references(turn)}` : text(turn, false));
  toast(t("js.copied"));
});

function text(turn, numbers) {
  const answer = turn.querySelector(".answer").cloneNode(true);
  asTex(answer);
  for (const chip of answer.querySelectorAll(".cite")) {
    chip.replaceWith(numbers ? `[${chip.dataset.n}]` : "");
  }
  for (const item of answer.querySelectorAll("li")) {
    const ordered = item.parentElement.matches("ol");
    const number = (item.parentElement.start ?? 1) + [...item.parentElement.children].indexOf(item);
    item.prepend(ordered ? `${number}. ` : "- ");
    item.append("\n");
  }
  for (const row of answer.querySelectorAll("tr")) {
    row.replaceWith([...row.children].map((cell) => cell.textContent).join("\t") + "\n");
  }
  return [...answer.children].map((block) => block.textContent.trim().replace(/\n{2,}/g, "\n")).join("\n\n");
}

function references(turn) {
  const lines = [...turn.querySelectorAll(".source")].map(({ dataset }) =>
    [`[${dataset.n}] ${dataset.name}`, dataset.where, dataset.path].filter(Boolean).join(", "),
  );
  return `${t("js.chat.sources")}\n${lines.join("\n")}`;
}

/** A question whose answer is known, to measure by. */
async function takeGolden(turn) {
  try {
    const taken = await json("POST", "/app/admin/golden-questions", { conversation, turn: [...turns.children].indexOf(turn) });
    toast(taken.message, { label: t("js.chat.golden.open"), action: () => location.assign(taken.url) });
  } catch (refused) {
    toast(refused.message);
  }
}

/** What one could ask next; quietly nothing when there is nothing. */
async function suggest(turn) {
  const chat = conversation;
  const list = turn.querySelector(".next ul");
  list.replaceChildren();
  turn.querySelector(".next").hidden = true;
  if (!chat) return;
  const questions = await json("GET", `/app/conversations/${chat}/next`).catch(() => []);
  if (busy || conversation !== chat || turn !== turns.lastElementChild || questions.length === 0) return;
  list.replaceChildren(...questions.map((question) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.testid = "next-question";
    button.append(question);
    item.append(button);
    return item;
  }));
  turn.querySelector(".next").hidden = false;
  view.keep();
}
turns.addEventListener("click", (event) => {
  const next = event.target.closest(".next button");
  if (next && !busy) box.ask(next.textContent);
});

// Only the last answer can be asked for again.
const lastOnly = () => {
  for (const turn of turns.querySelectorAll(".turn")) {
    for (const button of turn.querySelectorAll("[data-act=again]")) button.hidden = turn !== turns.lastElementChild;
  }
};
new MutationObserver(lastOnly).observe(turns, { childList: true });
lastOnly();

// Questions of the empty page.
document.getElementById("welcome")?.addEventListener("click", (event) => {
  const tip = event.target.closest(".tips button");
  if (tip) box.ask(tip.textContent.trim());
});

// An answer that was running when the page was opened.
for (const turn of turns.querySelectorAll(".turn")) panel.label(turn);
formulas(turns);
const running = turns.querySelector(".turn:last-child[data-state=running]");
const last = turns.lastElementChild;
if (last?.dataset.state === "complete") suggest(last);
if (running) run(running, "GET", `/app/conversations/${conversation}/events`);
view.toEnd();
branches(turns, { chat: () => conversation, busy: () => busy !== null, ask: (text) => box.ask(text) });
