// Pages of a PDF with a passage marked, drawn by pdf.js in a worker. Nothing in the file runs: no
// evaluated code, no scripts, no forms, no links.
import { drawer } from "./html.js";
import { marks } from "./marks.js";
import { t } from "./words.js";

const HOME = "/assets/pdfjs";
const PATIENCE = 20_000;
/** Less of a passage than this stands elsewhere. */
const LITTLE = 0.3;
const MOST_PIXELS = 2 ** 24;

/** @param scroll where the page goes */
export function pages(scroll) {
  const place = document.getElementById("page-place");
  const note = document.getElementById("page-note");
  const back = document.getElementById("page-back");
  const next = document.getElementById("page-next");
  let open = null;
  let shown = 0;

  async function draw(state, number, toMark) {
    const turn = ++shown;
    const page = await state.pdf.getPage(number);
    const plain = page.getViewport({ scale: 1 });
    const width = Math.max(200, scroll.clientWidth - 24);
    const scale = width / plain.width;
    const sharp = Math.min(2.5, Math.max(1.5, devicePixelRatio), Math.sqrt(MOST_PIXELS / (width * plain.height * scale)));
    const viewport = page.getViewport({ scale: scale * sharp });
    const canvas = document.createElement("canvas");
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", t("js.chat.page.picture", state.name, number));
    await page.render({ canvas, viewport, annotationMode: state.lib.AnnotationMode.DISABLE }).promise;
    const { items } = await page.getTextContent();
    if (open !== state || turn !== shown) return;
    const sheet = document.createElement("div");
    sheet.className = "sheet";
    sheet.style.inlineSize = `${width}px`;
    sheet.style.aspectRatio = `${viewport.width} / ${viewport.height}`;
    sheet.append(canvas);
    let { ranges, share } = marks(items.filter((item) => item.str), state.passage);
    if (share < LITTLE) {
      const scanned = marks(await lines(state.url, number), state.passage);
      if (open !== state || turn !== shown) return;
      if (scanned.share > share) ({ ranges, share } = scanned);
    }
    for (const range of ranges) sheet.append("transform" in range[0] ? box(state.lib, viewport, ...range) : boxOfScan(...range));
    state.number = number;
    state.share = share;
    scroll.replaceChildren(sheet);
    scroll.scrollTo({ top: 0 });
    const first = [...sheet.querySelectorAll(".box")].sort((a, b) => a.offsetTop - b.offsetTop)[0];
    if (toMark && first) scroll.scrollTo({ top: Math.max(0, first.offsetTop - scroll.clientHeight / 4) });
    place.textContent = t("js.chat.page.of", number, state.pdf.numPages);
    back.disabled = number <= 1;
    next.disabled = number >= state.pdf.numPages;
    note.hidden = !toMark || first !== undefined;
    note.textContent = note.hidden ? "" : t("js.chat.page.unmarked");
  }

  /** What OCR read on a page that is a picture, and where; nothing on any other. */
  async function lines(url, number) {
    const answer = await fetch(`${url}/lines/${number}`);
    return answer.ok ? answer.json() : [];
  }

  function boxOfScan(line, from, to) {
    const part = (line.right - line.left) / line.str.length;
    return placed(line.left + part * from, line.top, part * (to - from), line.bottom - line.top, 10_000, 10_000);
  }

  /** Of some characters of one run of text. */
  function box(lib, viewport, item, from, to) {
    const [a, b, c, d, x, y] = lib.Util.transform(viewport.transform, item.transform);
    const high = Math.hypot(c, d);
    const long = (item.width * Math.hypot(a, b)) / (Math.hypot(item.transform[0], item.transform[1]) || 1);
    const [start, end] = [from, to].map((at) => (long * at) / item.str.length);
    const upright = Math.abs(a) >= Math.abs(b);
    const edge = upright
      ? { left: x + Math.sign(a || 1) * start, top: y - high * 0.9, width: end - start, height: high * 1.15 }
      : { left: x - (b < 0 ? high * 0.9 : high * 0.25), top: b < 0 ? y - end : y + start, width: high * 1.15, height: end - start };
    return placed(edge.left, edge.top, edge.width, edge.height, viewport.width, viewport.height);
  }

  /** In hundredths of the page. */
  function placed(left, top, width, height, whole, high) {
    const mark = document.createElement("div");
    mark.className = "box";
    mark.style.left = `${(100 * left) / whole}%`;
    mark.style.top = `${(100 * top) / high}%`;
    mark.style.width = `${(100 * width) / whole}%`;
    mark.style.height = `${(100 * height) / high}%`;
    return mark;
  }

  async function load(state, url) {
    state.lib = await import(`${HOME}/build/pdf.min.mjs`);
    state.port = drawer();
    state.task = state.lib.getDocument({
      url,
      worker: state.lib.PDFWorker.create({ port: state.port }),
      isEvalSupported: false,
      enableXfa: false,
      disableAutoFetch: true,
      disableStream: true,
      rangeChunkSize: 2 ** 20,
      maxImageSize: MOST_PIXELS * 4,
      canvasMaxAreaInBytes: MOST_PIXELS * 16,
      cMapUrl: `${HOME}/cmaps/`,
      cMapPacked: true,
      standardFontDataUrl: `${HOME}/standard_fonts/`,
      wasmUrl: `${HOME}/wasm/`,
      iccUrl: `${HOME}/iccs/`,
      verbosity: 0,
    });
    state.pdf = await state.task.promise;
  }

  const walk = (step) => open?.pdf && draw(open, Math.min(open.pdf.numPages, Math.max(1, open.number + step)), false).catch(() => {});
  back.addEventListener("click", () => walk(-1));
  next.addEventListener("click", () => walk(1));
  let wide = scroll.clientWidth;
  new ResizeObserver(() => {
    if (!open?.pdf || scroll.clientWidth === 0 || Math.abs(scroll.clientWidth - wide) < 24) return;
    wide = scroll.clientWidth;
    draw(open, open.number, false).catch(() => {});
  }).observe(scroll);

  function close() {
    const state = open;
    open = null;
    state?.task?.destroy().catch(() => {});
    state?.port?.terminate();
  }

  return {
    close,
    /** Draws the page the passage begins on, or the next one where more of it stands; throws when it cannot. */
    async show(url, name, number, passage) {
      if (open?.url !== url) {
        close();
        open = { url, name, passage, number };
      }
      const state = open;
      state.passage = passage;
      wide = scroll.clientWidth;
      let timer = 0;
      const late = new Promise((_, refuse) => (timer = setTimeout(() => refuse(new Error("late")), PATIENCE)));
      try {
        const work = (async () => {
          if (!state.pdf) await load(state, url);
          const first = Math.min(Math.max(1, number), state.pdf.numPages);
          await draw(state, first, true);
          if (open === state && state.share < LITTLE && first < state.pdf.numPages) {
            const here = state.share;
            await draw(state, first + 1, true);
            if (open === state && state.share <= here) await draw(state, first, true);
          }
        })();
        await Promise.race([work, late]);
      } catch (error) {
        if (open === state) close();
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
