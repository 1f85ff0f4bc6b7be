// The "are you sure" dialog.
import { el, trap } from "./dom.js";
import { text } from "./mrkdwn.js";

export function confirmed(confirm) {
  return new Promise((resolve) => {
    const back = document.activeElement;
    const done = (answer) => {
      scrim.remove();
      if (back?.isConnected) back.focus();
      resolve(answer);
    };
    const yes = el(`button.button.${confirm.style === "danger" ? "danger" : "primary"}`, { type: "button", onclick: () => done(true), "data-testid": "confirm-yes" }, confirm.confirm.text);
    const no = el("button.button", { type: "button", onclick: () => done(false), "data-testid": "confirm-no" }, confirm.deny.text);
    const dialog = el("div.dialog.small", { role: "alertdialog", "aria-modal": "true", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text", "data-testid": "confirm" },
      el("div.dialog-head", {}, el("h2", { id: "confirm-title" }, confirm.title.text)),
      el("div.dialog-body", { id: "confirm-text" }, text(confirm.text)),
      el("div.dialog-foot", {}, no, yes));
    const scrim = el("div.scrim.front", {}, dialog);
    scrim.addEventListener("mousedown", (event) => { if (event.target === scrim) done(false); });
    scrim.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); done(false); } });
    trap(dialog);
    document.getElementById("layer").append(scrim);
    yes.focus();
  });
}
