// Citations: a card on hover, the passage in its document on click, `[` and `]` to walk them.
import "./figures.js";
import { html } from "./net.js";
import { pages } from "./pdf.js";
import { reader } from "./reader.js";
import { elements } from "./html.js";
import { t } from "./words.js";

/** @param ofChat whether a document is this chat's alone and has no page in the library */
export function sources(main, ofChat = () => false) {
  const panel = document.getElementById("panel");
  const name = document.getElementById("panel-name");
  const where = document.getElementById("panel-where");
  const body = document.getElementById("panel-body");
  const acts = document.getElementById("panel-acts");
  const original = document.getElementById("panel-original");
  const link = document.getElementById("panel-link");
  const whole = document.getElementById("panel-document");
  const views = document.getElementById("panel-views");
  const asPage = document.getElementById("panel-as-page");
  const asText = document.getElementById("panel-as-text");
  const page = document.getElementById("panel-page");
  const picture = pages(document.getElementById("page-scroll"));
  const card = document.getElementById("card");
  let opener = null;
  let pane = null;

  const sourceOf = (chip) => chip.closest(".turn")?.querySelector(`.source[data-n="${chip.dataset.n}"]`);
  const place = ({ where: page, path, note }) => [page, path, note].filter(Boolean).join(" · ");

  // ---- the card

  function hover(chip) {
    const doubt = chip.matches(".doubt");
    const source = doubt ? null : sourceOf(chip);
    if (!source && !doubt) return;
    card.querySelector(".card-name").textContent = doubt ? t("js.chat.doubt") : source.dataset.name;
    card.querySelector(".card-where").textContent = doubt ? "" : place(source.dataset);
    card.querySelector(".card-text").textContent = doubt ? t("js.chat.doubt.why") : source.dataset.text;
    card.hidden = false;
    const at = chip.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left - 16), innerWidth - width - 8);
    const top = at.top - height - 8 > 8 ? at.top - height - 8 : at.bottom + 8;
    card.style.left = `${left}px`;
    card.style.top = `${top}px`;
  }
  const leave = () => (card.hidden = true);

  for (const [on, off] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    main.addEventListener(on, (event) => {
      const chip = event.target.closest?.(".cite, .source, .doubt");
      if (!chip || event.pointerType === "touch") return;
      if (on === "focusin" && !chip.matches(":focus-visible")) return;
      hover(chip);
    });
    main.addEventListener(off, (event) => {
      if (event.target.closest?.(".cite, .source, .doubt")) leave();
    });
  }
  main.addEventListener("scroll", leave, { capture: true, passive: true });

  // ---- the panel

  async function open(chip) {
    const source = sourceOf(chip);
    if (!source) return;
    leave();
    const { document: id, version, start, end, page: number } = source.dataset;
    for (const other of main.querySelectorAll(".cite[aria-current], .source[aria-current]")) other.removeAttribute("aria-current");
    chip.setAttribute("aria-current", "true");
    source.setAttribute("aria-current", "true");
    if (!panel.contains(document.activeElement)) opener = chip;
    name.textContent = source.dataset.name;
    name.title = source.dataset.name;
    where.textContent = place(source.dataset);
    original.href = `/files/${id}/${version}${number ? `#page=${number}` : ""}`;
    whole.hidden = ofChat(id);
    whole.href = `/library/documents/${id}?${new URLSearchParams({ version, start, end })}`;
    link.hidden = true;
    acts.hidden = false;
    panel.hidden = false;
    const box = document.createElement("div");
    box.append(t("js.chat.loading"));
    body.replaceChildren(box);
    look(false);
    const mine = (pane = reader(body, id, version));
    try {
      const text = await html(`/app/documents/${id}/${version}/text?${new URLSearchParams({ start, end })}`);
      if (pane !== mine) return;
      body.replaceChildren(elements(text));
      lead(body.querySelector("[data-link]")?.dataset.link);
      mine.toMark();
      if (number && /\.pdf$/i.test(source.dataset.name)) await draw(mine, source.dataset);
    } catch (refused) {
      if (pane !== mine) return;
      acts.hidden = refused.status === 404;
      box.textContent = refused.status === 404 ? t("js.chat.noSource") : refused.message;
    }
  }

  /** To the web page that the document was made from. */
  function lead(url) {
    if (!/^https?:\/\//.test(url ?? "")) return;
    link.href = link.title = url;
    link.lastElementChild.textContent = new URL(url).host;
    link.hidden = false;
  }

  // ---- its page

  const lines = () => [...body.querySelectorAll("mark")].map((mark) => mark.textContent);

  function look(atPage) {
    views.hidden = !atPage;
    page.hidden = !atPage;
    body.hidden = atPage;
    press(atPage);
  }

  function press(atPage) {
    asPage.setAttribute("aria-pressed", atPage);
    asText.setAttribute("aria-pressed", !atPage);
  }

  /** The text stays where the page cannot be drawn, and behind it where it can. */
  async function draw(mine, { document: id, version, page: number, name: file }) {
    if (localStorage.getItem("zhiwen.source") === "text") {
      views.hidden = false;
      press(false);
      asPage.onclick = () => drawn(mine, id, version, number, file);
      return;
    }
    await drawn(mine, id, version, number, file);
  }

  async function drawn(mine, id, version, number, file) {
    const passage = lines();
    look(true);
    try {
      await picture.show(`/files/${id}/${version}`, file, Number(number), passage);
    } catch {
      if (pane !== mine) return;
      look(false);
      const why = document.createElement("p");
      why.className = "quiet small";
      why.dataset.testid = "page-failed";
      why.append(t("js.chat.page.failed"));
      body.prepend(why);
    }
  }
  asPage.addEventListener("click", () => {
    localStorage.setItem("zhiwen.source", "page");
    page.hidden = false;
    body.hidden = true;
    press(true);
  });
  asText.addEventListener("click", () => {
    localStorage.setItem("zhiwen.source", "text");
    page.hidden = true;
    body.hidden = false;
    press(false);
    body.querySelector("mark")?.scrollIntoView({ block: "center" });
  });

  function close() {
    panel.hidden = true;
    picture.close();
    for (const other of main.querySelectorAll(".cite[aria-current], .source[aria-current]")) other.removeAttribute("aria-current");
    (opener?.isConnected ? opener : document.getElementById("question") ?? main).focus();
    opener = null;
  }

  main.addEventListener("click", (event) => {
    const doubt = event.target.closest(".doubt");
    if (doubt) hover(doubt);
    const chip = event.target.closest(".cite, .source");
    if (!chip) return;
    open(chip);
    name.focus({ preventScroll: true });
  });
  document.getElementById("panel-close").addEventListener("click", close);

  // ---- walking

  function walk(step) {
    const chips = [...main.querySelectorAll(".answer .cite")].filter(sourceOf);
    if (chips.length === 0) return;
    const now = chips.findIndex((chip) => chip.getAttribute("aria-current") === "true");
    const from = now >= 0 ? now : step > 0 ? -1 : chips.length;
    const next = chips[(from + step + chips.length) % chips.length];
    open(next);
    next.scrollIntoView({ block: "nearest" });
  }
  document.getElementById("panel-back").addEventListener("click", () => walk(-1));
  document.getElementById("panel-next").addEventListener("click", () => walk(1));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (!card.hidden) leave();
      else if (!panel.hidden && !document.querySelector("dialog[open], details.menu[open]")) close();
      return;
    }
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "[") walk(-1);
    if (event.key === "]") walk(1);
  });

  return {
    /** Says of each chip what it leads to, and of each doubt what it means. */
    label(turn) {
      for (const chip of turn.querySelectorAll(".answer .cite:not([aria-label])")) {
        const source = sourceOf(chip);
        if (source) chip.setAttribute("aria-label", t("js.chat.cite", chip.dataset.n, source.dataset.name));
      }
      for (const doubt of turn.querySelectorAll(".answer .doubt:not([aria-label])")) {
        doubt.setAttribute("aria-label", `${t("js.chat.doubt")} ${t("js.chat.doubt.why")}`);
      }
    },
  };
}
