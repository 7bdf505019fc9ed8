// The only place where text from the server becomes elements. The server rendered and sanitised it.
const DRAWER = "/assets/pdfjs/build/pdf.worker.min.mjs";
const policy = globalThis.trustedTypes?.createPolicy("zhiwen", {
  createHTML: (html) => html,
  createScriptURL: (url) => {
    if (url !== DRAWER) throw new TypeError(`no script ${url}`);
    return url;
  },
});

/** The one worker there is: it reads PDF. */
export const drawer = () => new Worker(policy ? policy.createScriptURL(DRAWER) : DRAWER, { type: "module" });

/** Elements of a piece of HTML; scripts in it would never run. */
export function elements(html) {
  const parsed = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  const fragment = document.createDocumentFragment();
  fragment.append(...parsed.body.childNodes);
  return fragment;
}
