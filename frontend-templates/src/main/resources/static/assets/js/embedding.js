// How far a base's new vectors are: looks again while they are made.
import { elements } from "./html.js";
import { html } from "./net.js";

const { base } = document.querySelector("[data-base]").dataset;
const now = () => document.getElementById("embedding-now");

async function look() {
  try {
    const fresh = elements(await html(`/app/bases/${base}/embedding`)).querySelector("#embedding-now");
    if (fresh.dataset.running !== "true") {
      location.reload();
      return;
    }
    now().replaceChildren(...fresh.childNodes);
  } catch {
    // asked again in a moment
  }
  setTimeout(look, 2000);
}

if (now().dataset.running === "true") setTimeout(look, 2000);
