// How a base cuts its documents: shows the passages of one of them while the rules are chosen.
import { elements } from "./html.js";
import { html } from "./net.js";
import { toast } from "./say.js";

const { base } = document.querySelector("[data-base]").dataset;
const form = document.getElementById("chunking");
let waiting;
let asked = 0;

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(preview, 300);
});

async function preview() {
  if (!form.checkValidity()) return;
  const number = ++asked;
  const rules = new URLSearchParams([...new FormData(form)].filter(([name, value]) => name !== "_csrf" && value !== ""));
  try {
    const fragment = elements(await html(`/app/bases/${base}/chunking?${rules}`));
    if (number !== asked) return;
    document.getElementById("chunking-passages").replaceChildren(...fragment.querySelector("#chunking-passages").childNodes);
  } catch (refused) {
    toast(refused.message);
  }
}
