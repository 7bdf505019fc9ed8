// Formulas: TeX becomes MathML, which browsers draw themselves. The TeX stays with it for copying.
let katex;

export async function formulas(root) {
  const undrawn = [...root.querySelectorAll(".formula:not([data-tex])")];
  if (undrawn.length === 0) return;
  katex ??= import("/assets/katex/katex.mjs").then((module) => module.default);
  const { render } = await katex;
  for (const formula of undrawn) {
    if (formula.dataset.tex !== undefined) continue;
    const tex = formula.textContent;
    formula.dataset.tex = tex;
    try {
      render(tex, formula, { output: "mathml", displayMode: formula.classList.contains("alone"), trust: false, strict: "ignore", maxExpand: 200, maxSize: 20 });
    } catch {
      formula.textContent = tex;
    }
  }
}

/** In a copy of an answer: formulas as they were written. */
export function asTex(copy) {
  for (const formula of copy.querySelectorAll(".formula[data-tex]")) {
    const sign = formula.classList.contains("alone") ? "$$" : "$";
    formula.textContent = sign + formula.dataset.tex + sign;
  }
}
