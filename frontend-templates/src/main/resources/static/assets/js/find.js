// Looks for what a select offers while one types. The server is asked for the very page that it shows without
// scripts; of that, the options and the line that says how many there are come in.
import { elements } from "./html.js";
import { meaning } from "./net.js";
import { toast } from "./say.js";
import { t } from "./words.js";

const PAUSE = 250;
const LINES = 8;

for (const box of document.querySelectorAll("input[data-find]")) {
  const select = document.getElementById(box.dataset.find);
  const button = document.querySelector(`button[data-look="${select.id}"]`);
  // From here on Enter in another field of the form is not this button.
  button.type = "button";
  let typing = 0;
  let asked = 0;

  async function look() {
    clearTimeout(typing);
    const mine = ++asked;
    const form = box.form;
    const sent = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    const url = new URL(form.action);
    url.hash = "";
    const options = { redirect: "error", headers: { Accept: "text/html" } };
    if (form.method === "post") {
      sent.set("look", "true");
      Object.assign(options, { method: "POST", body: sent });
    } else url.search = sent;
    try {
      const response = await fetch(url, options);
      if (!response.ok) throw new Error(meaning(response.status, ""));
      const page = elements(await response.text());
      if (mine === asked) show(page);
    } catch (refused) {
      if (mine === asked) toast(refused instanceof TypeError ? t("js.error.offline") : refused.message);
    }
  }

  function show(page) {
    const found = page.getElementById(select.id);
    const said = page.getElementById(`${select.id}-found`);
    if (!found || !said) return;
    const chosen = [...select.selectedOptions].filter((option) => option.value);
    select.replaceChildren(...found.children);
    for (const option of chosen) {
      const same = [...select.options].find((one) => one.value === option.value);
      if (!same) select.prepend(option);
      (same ?? option).selected = true;
    }
    if (!select.multiple) select.size = box.value.trim() ? Math.min(LINES, Math.max(2, select.options.length)) : 0;
    document.getElementById(said.id).textContent = said.textContent;
  }

  box.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(look, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      look();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      select.focus();
    }
  });
  button.addEventListener("click", look);
  select.addEventListener("blur", () => {
    if (!select.multiple) select.size = 0;
  });
}
