// Faults on demand: what Slack and the network do to an app on a bad day.
import { act, read } from "./api.js";
import { el, toast } from "./dom.js";
import { popover } from "./popover.js";

export async function openTroubles(anchor) {
  const window_ = popover(anchor, "Troubles on demand", { width: 380, testid: "trouble-menu" });
  if (window_) await draw(window_);
}

async function draw(window_, focus) {
  const { switches, sockets } = await read("troubles");
  const turn = async (row) => {
    await act("trouble", { name: row.id, on: !row.on });
    await draw(window_, row.id);
  };
  const rows = switches.map((row) => el("button.switch", { type: "button", role: "switch", "aria-checked": String(row.on), "aria-describedby": `hint-${row.id}`, "aria-label": row.label, "data-testid": `trouble-${row.id}`, onclick: () => turn(row) },
    el("span", {}, el("strong", {}, row.label), el("small", { id: `hint-${row.id}` }, row.hint)), el("span.knob", { "aria-hidden": "true" })));
  const cut = async () => {
    await act("cut");
    toast("The sockets were cut. The app connects again by itself.", "note");
  };
  window_.show(
    el("h2", {}, "Troubles on demand"),
    el("p.soft", {}, "What Slack and the network do to an app on a bad day. They last until they are switched off."),
    el("div.switches", {}, rows),
    el("button.button", { type: "button", onclick: cut, disabled: !sockets, "data-testid": "cut" }, sockets ? `Cut ${sockets === 1 ? "the socket" : `all ${sockets} sockets`}` : "No socket is open"));
  if (focus) window_.box.querySelector(`[data-testid="trouble-${focus}"]`)?.focus();
}
