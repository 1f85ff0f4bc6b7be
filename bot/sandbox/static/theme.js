// Light, dark, or as the computer has it.
import { icon } from "./dom.js";

const ORDER = ["auto", "light", "dark"];
const PICTURES = { auto: "halves", light: "sun", dark: "moon" };
const LABELS = { auto: "Colours: as on this computer", light: "Colours: light", dark: "Colours: dark" };

const now = () => (ORDER.includes(localStorage.getItem("theme")) ? localStorage.getItem("theme") : "auto");

function put(button) {
  const theme = now();
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  button.setAttribute("aria-label", LABELS[theme]);
  button.title = LABELS[theme];
  button.replaceChildren(icon(PICTURES[theme]));
}

export function themed(button) {
  button.addEventListener("click", () => {
    localStorage.setItem("theme", ORDER[(ORDER.indexOf(now()) + 1) % ORDER.length]);
    put(button);
  });
  put(button);
  return button;
}
