// A shared chat: to read, with its sources.
import { sources } from "./sources.js";

const main = document.getElementById("main");
const panel = sources(main);
for (const turn of main.querySelectorAll(".turn")) panel.label(turn);
