// Where the words of a passage stand on a page: both are compared without spaces, signs and hyphens, as
// the page's own text and what was read from it differ in those.

const SHORTEST_HAN = 4;
const SHORTEST_LATIN = 9;

/** The letters and digits of a text, and where each of them stood. */
function letters(text) {
  const kept = [];
  const at = [];
  let i = 0;
  for (const char of text) {
    for (const plain of char.normalize("NFKC").toLowerCase()) {
      if (/[\p{L}\p{N}]/u.test(plain)) {
        kept.push(plain);
        at.push(i);
      }
    }
    i += char.length;
  }
  return { text: kept.join(""), at };
}

const isLongEnough = (words) => words.length >= (/\p{Script=Han}/u.test(words) ? SHORTEST_HAN : SHORTEST_LATIN);

/** Pieces of a passage from whole to small: what cannot be found at once may be found in its sentences. */
function* pieces(passage) {
  for (const line of passage) {
    yield [line, () => line.split(/(?<=[。！？；!?;\n]|[.:]\s)/u)];
  }
}

/**
 * @param items of the page in their order, with `str`
 * @param passage its lines or cells
 * @returns for each item that holds some of it [item, from, to], in characters; and what part of it was found
 */
export function marks(items, passage) {
  const page = { text: "", item: [], at: [] };
  items.forEach((item, n) => {
    const own = letters(item.str);
    page.text += own.text;
    for (const place of own.at) {
      page.item.push(n);
      page.at.push(place);
    }
  });
  const found = new Map();
  let all = 0;
  let seen = 0;
  const take = (words) => {
    const start = page.text.indexOf(words);
    if (start < 0) return false;
    for (let i = start; i < start + words.length; i++) {
      const range = found.get(page.item[i]) ?? [Infinity, 0];
      found.set(page.item[i], [Math.min(range[0], page.at[i]), Math.max(range[1], page.at[i] + 1)]);
    }
    seen += words.length;
    return true;
  };
  for (const [line, smaller] of pieces(passage)) {
    const words = letters(line).text;
    all += words.length;
    if (words.length === 0 || (isLongEnough(words) && take(words))) continue;
    for (const part of smaller()) {
      const few = letters(part).text;
      if (few.length < words.length && isLongEnough(few)) take(few);
    }
  }
  return { ranges: [...found].map(([n, [from, to]]) => [items[n], from, to]), share: all === 0 ? 0 : seen / all };
}
