// The strip above the workspace: what belongs to the stage and not to Slack. Clock, troubles, calls, colours.
import { el, icon } from "./dom.js";
import { openClock } from "./clockmenu.js";
import { store } from "./store.js";
import { themed } from "./theme.js";
import { openTroubles } from "./troublemenu.js";
import { moment, now, span } from "./when.js";

const button = (testid, picture, label, words, onclick) =>
  el("button.stage-button", { type: "button", "aria-label": label, title: label, "aria-haspopup": "dialog", "aria-expanded": "false", "data-testid": testid, onclick }, icon(picture), words);

export function stageBar(node, { inspect }) {
  const time = el("span.words");
  const moved = el("span.moved", { hidden: true });
  const count = el("span.count", { hidden: true });
  const clock = button("clock", "clock", "Clock of this workspace", [time, moved], () => openClock(clock));
  const troubles = button("troubles", "storm", "Troubles on demand", [el("span.name", {}, "Troubles"), count], () => openTroubles(troubles));
  const calls = button("inspect", "list", "Calls of the app", [el("span.name", {}, "Calls")], inspect);
  calls.removeAttribute("aria-haspopup");
  node.replaceChildren(clock, troubles, calls, themed(el("button.stage-button", { type: "button", "data-testid": "theme" })));

  function tick() {
    if (!store.state) return;
    const { shift, troubles: on } = store.state;
    time.textContent = moment(now());
    moved.hidden = !shift;
    moved.textContent = shift ? `+${span(shift)}` : "";
    clock.classList.toggle("on", Boolean(shift));
    clock.setAttribute("aria-label", `Clock of this workspace: ${time.textContent}${shift ? `, moved ahead by ${span(shift)}` : ""}`);
    count.hidden = !on;
    count.textContent = on || "";
    troubles.classList.toggle("on", Boolean(on));
    troubles.setAttribute("aria-label", on ? `Troubles on demand: ${on} switched on` : "Troubles on demand");
  }
  return { tick, inspecting: (on) => calls.setAttribute("aria-expanded", String(on)) };
}
