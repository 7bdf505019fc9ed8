// One script tag puts a chat on any page of the sites that its key allows:
// <script src="https://zhiwen.example/assets/js/widget.js" data-key="zwp_…" data-language="auto" data-theme="auto" defer></script>
(() => {
  const tag = document.currentScript;
  const home = new URL(tag.src);
  const { key, language = "auto", theme = "auto" } = tag.dataset;
  if (!key) return;
  const spoken = language === "auto" ? document.documentElement.lang || navigator.language : language;
  const [open, close] = spoken.startsWith("zh") ? ["提问", "关闭"] : ["Ask a question", "Close"];

  const address = new URL(home.href.replace(/\/assets\/js\/widget\.js.*$/, `/widget/${encodeURIComponent(key)}`));
  address.searchParams.set("language", spoken.startsWith("zh") ? "zh" : "en");
  if (theme !== "auto") address.searchParams.set("theme", theme);

  const style = new CSSStyleSheet();
  style.replaceSync(`
    button { position: fixed; inset-block-end: 20px; inset-inline-end: 20px; z-index: 2147483000; inline-size: 56px; block-size: 56px; padding: 0; border: 0; border-radius: 50%; background: #0b5a9c; color: #fff; box-shadow: 0 4px 18px rgb(0 0 0 / 28%); cursor: pointer; }
    button:focus-visible { outline: 3px solid #84bdf0; outline-offset: 3px; }
    svg { inline-size: 26px; block-size: 26px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    iframe { position: fixed; inset-block-end: 88px; inset-inline-end: 20px; z-index: 2147483000; inline-size: min(400px, calc(100vw - 40px)); block-size: min(620px, calc(100dvh - 108px)); border: 1px solid rgb(128 128 128 / 40%); border-radius: 12px; background: Canvas; box-shadow: 0 8px 32px rgb(0 0 0 / 24%); }
    iframe[hidden] { display: none; }
    @media (max-width: 480px) { iframe { inset: 0; inline-size: 100vw; block-size: 100dvh; border: 0; border-radius: 0; } }
    @media print { button, iframe { display: none; } }`);
  const box = document.createElement("div");
  const shadow = box.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [style];

  const SVG = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", "M4 5h16v11H10l-5 4v-4H4z");
  picture.append(line);
  const button = document.createElement("button");
  button.type = "button";
  button.append(picture);
  shadow.append(button);

  let frame = null;
  function show(now) {
    if (now && !frame) {
      frame = document.createElement("iframe");
      frame.title = open;
      frame.src = address.href;
      frame.referrerPolicy = "origin";
      shadow.append(frame);
    }
    if (frame) frame.hidden = !now;
    button.setAttribute("aria-expanded", String(now));
    button.setAttribute("aria-label", now ? close : open);
    if (now) frame.focus();
    else button.focus();
  }
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-label", open);
  button.addEventListener("click", () => show(!frame || frame.hidden));
  addEventListener("message", (event) => {
    if (frame && event.source === frame.contentWindow && event.origin === home.origin && event.data === "zhiwen:close") show(false);
  });
  (document.body ?? document.documentElement).append(box);
})();
