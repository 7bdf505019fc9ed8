// The text of a document around a passage, with the passage marked.
import { elements } from "./html.js";
import { html } from "./net.js";

export function reader(pane, id, version) {
  let asked = 0;
  const at = (query) => `/app/documents/${id}/${version}/text?${new URLSearchParams(query)}`;

  function toMark() {
    const mark = pane.querySelector("mark");
    if (!mark) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const top = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
    pane.scrollTo({ top: Math.max(0, top - pane.clientHeight / 4), behavior: calm ? "auto" : "instant" });
  }

  async function show(start, end) {
    const mine = ++asked;
    const text = await html(at({ start, end }));
    if (mine !== asked) return;
    pane.replaceChildren(elements(text));
    toMark();
  }

  pane.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-act=earlier], [data-act=later]");
    if (!button) return;
    button.disabled = true;
    const box = pane.querySelector(".reader");
    const earlier = button.dataset.act === "earlier";
    const fragment = elements(await html(at(earlier ? { before: box.dataset.from } : { from: box.dataset.to })));
    const got = fragment.querySelector(".reader");
    button.remove();
    got.querySelector(earlier ? "[data-act=later]" : "[data-act=earlier]")?.remove();
    if (earlier) {
      const height = pane.scrollHeight;
      box.dataset.from = got.dataset.from;
      box.prepend(...got.childNodes);
      pane.scrollTop += pane.scrollHeight - height;
    } else {
      box.dataset.to = got.dataset.to;
      box.append(...got.childNodes);
    }
  });

  return { show, toMark };
}
