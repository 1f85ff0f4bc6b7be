// The workspace's clock: what time it is here, and how to move it.
import { act, read } from "./api.js";
import { el } from "./dom.js";
import { popover } from "./popover.js";
import { day, full, span } from "./when.js";

export async function openClock(anchor) {
  const window_ = popover(anchor, "The clock of this workspace", { width: 390, testid: "clock-menu" });
  if (!window_) return;
  const clock = await read("clock");
  const move = async (to) => {
    const answer = await act("move", { to });
    if (!answer.failed) window_.close();
  };
  const field = el("input.text", { type: "datetime-local", id: "clock-field", value: clock.local, min: clock.local, "data-testid": "clock-field" });
  const form = el("form.row", { onsubmit: (event) => { event.preventDefault(); move(field.value); } },
    field, el("button.button", { type: "submit" }, "Move"));
  window_.show(
    el("h2", {}, "Clock"),
    el("p.now", { "data-testid": "clock-now" }, full(clock.now)),
    el("p.soft", {}, clock.shift ? `Moved ahead by ${span(clock.shift)}. ` : "Runs with real time. ", `Times are ${clock.zone.replace("_", " ")}.`),
    el("div.jumps", {}, clock.jumps.map((jump) =>
      el("button.jump", { type: "button", onclick: () => move(jump.at) }, el("span", {}, jump.label), el("small", {}, day(jump.at))))),
    el("label", { for: "clock-field" }, "Or to any moment"), form,
    el("p.soft", {}, "Only forward. Reminders, due dates and repeated deliveries follow."));
}
