// Words of the page's language, put there by the server.
const words = new Map();
for (const word of document.getElementById("words")?.content.children ?? []) {
  words.set(word.dataset.key, word.textContent);
}

export function t(key, ...values) {
  const text = words.get(key) ?? key;
  return values.reduce((said, value, i) => said.replaceAll(`{${i}}`, String(value)), text);
}

export const locale = document.documentElement.lang || "en";
