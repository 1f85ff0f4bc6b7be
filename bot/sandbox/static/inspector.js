// What the app has called lately, and what was refused.
import { read } from "./api.js";
import { el, iconButton } from "./dom.js";
import { clock } from "./when.js";

export async function drawInspector(node, close) {
  const { calls, refusals } = await read("traffic");
  const refused = refusals.slice().reverse().map((r) => el("li.bad", {}, el("code", {}, r.method), " ", el("strong", {}, r.error), el("p", {}, r.detail)));
  const called = calls.slice().reverse().map((c) => el(c.ok ? "li" : "li.bad", {},
    el("details", {}, el("summary", {}, el("code", {}, c.method), el("time", {}, clock(c.at)), c.ok ? null : el("strong", {}, c.error)), el("pre", {}, JSON.stringify(c.args, null, 1)))));
  const scrolled = node.querySelector(".traffic")?.scrollTop || 0;
  node.replaceChildren(
    el("header.bar", {}, el("h2", {}, "Calls of the app"), iconButton("close", "Close", close)),
    el("div.traffic", { tabindex: "0" }, refused.length ? [el("h3", {}, "Refused"), el("ul", {}, refused)] : null,
      el("h3", {}, "Latest calls"), called.length ? el("ul", {}, called) : el("p.nothing", {}, "None yet.")));
  node.querySelector(".traffic").scrollTop = scrolled;
}
