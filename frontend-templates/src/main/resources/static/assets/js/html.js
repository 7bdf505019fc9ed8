// The only place where text from the server becomes elements. The server rendered and sanitised it.
const policy = globalThis.trustedTypes?.createPolicy("zhiwen", { createHTML: (html) => html });

/** Elements of a piece of HTML; scripts in it would never run. */
export function elements(html) {
  const parsed = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  const fragment = document.createDocumentFragment();
  fragment.append(...parsed.body.childNodes);
  return fragment;
}
