// A setting is checked when its field is left, and a server says that it is being asked.
import { elements } from "./html.js";
import { request } from "./net.js";

async function check(field) {
  const { name: key, value } = field;
  const reply = await request("POST", "/app/admin/settings/check", { key, value }, { accept: "text/html" });
  const wrong = elements(await reply.text()).querySelector(".wrong");
  if (field.value !== value) return;
  const box = field.closest(".field");
  box.querySelector(".wrong")?.remove();
  if (wrong) box.querySelector(".setting-source").before(wrong);
  field.toggleAttribute("aria-invalid", false);
  if (wrong) field.setAttribute("aria-invalid", "true");
}

for (const form of document.querySelectorAll("form.settings")) {
  form.addEventListener("change", ({ target }) => {
    // a lost connection says so by itself, and saving checks again
    if (target.name?.startsWith("zhiwen.")) check(target).catch(() => {});
  });
}

document.addEventListener("submit", ({ submitter }) => {
  if (!submitter?.dataset.busy) return;
  submitter.disabled = true;
  submitter.textContent = submitter.dataset.busy;
});
