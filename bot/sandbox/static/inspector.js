// What the app has called lately: arguments, answers, and of what was refused the place. And what it was sent.
import { read } from "./api.js";
import { el, iconButton, tabList } from "./dom.js";
import { exact } from "./when.js";

const POINTER = /\s*\[json-pointer:([^\]]*)\]/;
let only = "all";
const opened = new Set();

// Arguments that came as JSON in a form are shown as what they are.
function parsed(value) {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try { return JSON.parse(value); } catch { return value; }
}

const argumentsOf = (call) => Object.fromEntries(Object.entries(call.args).map(([name, value]) => [name, parsed(value)]));

function at(args, pointer) {
  const path = pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const found = (root) => path.reduce((part, name) => (part === undefined || part === null ? undefined : part[name]), root);
  return found(args) ?? found(args.view ?? {});
}

function fault(message, args) {
  const place = POINTER.exec(message)?.[1];
  const value = place ? at(args, place) : undefined;
  return el("div.fault", {}, message.replace(POINTER, "").replace(/^\[ERROR\] /, ""),
    place ? el("code", {}, place) : null, value === undefined ? null : el("pre", { tabindex: "0" }, JSON.stringify(value, null, 1)));
}

const json = (name, value) => [el("h3", {}, name), el("pre", { tabindex: "0" }, JSON.stringify(value, null, 1))];

function row(entry, name, error, inside) {
  const key = `${entry.at} ${name}`;
  const node = el("details", { open: opened.has(key) }, el("summary", {}, el("code", {}, name), error ? el("span.error", {}, error) : null, el("time", {}, exact(entry.at))));
  node.addEventListener("toggle", () => {
    if (node.open) opened.add(key);
    else opened.delete(key);
    if (node.open && node.childElementCount === 1) node.append(el("div.inside", {}, inside()));
  });
  return el(error ? "li.bad" : "li", {}, node);
}

function called(call) {
  const args = argumentsOf(call);
  const messages = call.answer?.response_metadata?.messages || [];
  return row(call, call.method, call.ok ? "" : call.error, () => [call.ok ? null : messages.map((m) => fault(m, args)), json("Arguments", args), json("Answer", call.answer)]);
}

function sent(delivery) {
  const { payload, attempt } = delivery;
  const name = payload.event ? [payload.event.type, payload.event.subtype].filter(Boolean).join(" ") : payload.command || payload.type;
  const again = attempt ? ` (repeated, ${attempt})` : "";
  return row(delivery, name + again, delivery.ok ? "" : `not acknowledged: ${delivery.problem}`, () => [json("Sent", payload), delivery.ok ? json("Acknowledged with", delivery.answer) : null]);
}

// What was refused outside of a call: answers to presses and windows, response addresses.
const other = (refusal) => el("li.bad", {}, el("div.line", {}, el("code", {}, refusal.method), el("span.error", {}, refusal.error)), el("div.inside", {}, fault(refusal.detail, {})));

export async function drawInspector(node, close) {
  const { calls, refusals, deliveries } = await read("traffic");
  const refused = calls.filter((call) => !call.ok);
  const outside = refusals.filter((refusal) => !refusal.method.includes("."));
  const shown = only === "sent" ? deliveries.slice().reverse().map(sent) : (only === "all" ? calls : refused).slice().reverse().map(called);
  const others = only === "refused" ? outside.slice().reverse().map(other) : [];
  const count = refused.length + outside.length;
  const scrolled = node.querySelector(".traffic")?.scrollTop || 0;
  const tabs = tabList("Which calls", [["all", "Calls"], ["refused", count ? `Refused (${count})` : "Refused"], ["sent", "Sent to it"]], only, (chosen) => { only = chosen; drawInspector(node, close); });
  const list = el("div.traffic", { tabindex: "0", role: "region", "aria-label": "Calls of the app", "data-testid": "traffic" },
    shown.length + others.length ? el("ul", {}, others, shown) : el("p.nothing", {}, { all: "The app has called nothing yet.", refused: "Nothing was refused.", sent: "The app was sent nothing yet." }[only]));
  node.replaceChildren(el("header.bar", {}, iconButton("back", "Back to the conversation", close, { class: "narrow-only" }), tabs, iconButton("close", "Close", close, { class: "wide-only", "data-testid": "inspector-close" })), list);
  list.scrollTop = scrolled;
}
