// The pictures of documents: a click shows one as large as it is.
document.addEventListener("click", (event) => {
  const small = event.target.closest(".picture")?.querySelector("img");
  if (!small) return;
  const large = document.getElementById("figure-large");
  large.src = small.currentSrc || small.src;
  large.alt = small.alt;
  large.width = small.getAttribute("width");
  large.height = small.getAttribute("height");
  document.getElementById("figure-words").textContent = small.alt;
});

const MOST = 8;

/** The figures beside what an answer cites, each once. */
export function figuresOf(items, template) {
  const once = new Map(items.flatMap((item) => item.figures).map((figure) => [figure.url, figure]));
  return [...once.values()].slice(0, MOST).map(({ url, alt, width, height }) => {
    const button = template.content.firstElementChild.cloneNode(true);
    Object.assign(button.querySelector("img"), { width, height, alt, src: url });
    return button;
  });
}
