// A shared chat: to read, with its sources.
import { formulas } from "./formulas.js";
import { sources } from "./sources.js";

const main = document.getElementById("main");
const panel = sources(main);
for (const turn of main.querySelectorAll(".turn")) panel.label(turn);
formulas(main);
