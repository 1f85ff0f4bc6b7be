// The message list of a conversation or a thread. Messages that did not change keep their nodes.
import { el } from "./dom.js";
import { draw } from "./message.js";
import { store, who } from "./store.js";
import { dayName, sameDay } from "./when.js";

const CLOSE_SECONDS = 300;

// Keeps one list element up to date; `show(messages)` redraws only what changed.
export function messageList({ label, openThread, all }) {
  const node = el("div.messages", { role: "log", "aria-live": "polite", "aria-label": label, tabindex: "0", "data-testid": "messages" });
  let known = new Map();
  let first = true;
  let seen = null; // where the line stands below which everything is new
  function show(messages, lastRead = "") {
    const near = node.scrollHeight - node.scrollTop - node.clientHeight < 120;
    const next = new Map();
    const wanted = [];
    let before = null;
    if (seen === null) seen = messages.find((m) => lastRead && m.ts > lastRead && m.user !== store.me)?.ts ?? "";
    for (const message of messages) {
      if (message.ts === seen) wanted.push(newLine(next));
      if (!before || !sameDay(before.ts, message.ts)) wanted.push(divider(message.ts, next));
      const replies = openThread ? all().filter((m) => m.thread_ts === message.ts && m.ts !== message.ts && !m.ephemeral && !m.deleted) : [];
      const compact = Boolean(before && before.user === message.user && !before.ephemeral && !message.ephemeral && !message.deleted && Number(message.ts) - Number(before.ts) < CLOSE_SECONDS && sameDay(before.ts, message.ts) && !(openThread && repliesTo(before)));
      const print = JSON.stringify([message, compact, replies.map((r) => r.ts), who(message.user), Math.floor(store.state.shift / 60)]);
      const old = known.get(message.ts);
      const kept = old?.print === print ? old : { print, node: draw(message, { compact, replies, openThread }) };
      next.set(message.ts, kept);
      wanted.push(kept.node);
      before = message;
    }
    if (!wanted.length) wanted.push(el("p.nothing", {}, "Nothing has been said here yet."));
    const active = node.contains(document.activeElement) ? document.activeElement : null;
    const [held, inner] = [active?.closest(".message")?.dataset.testid, active?.dataset.testid];
    place(wanted);
    known = next;
    if (held && !node.contains(document.activeElement)) refocus(node, held, inner);
    if (near || first) node.scrollTop = node.scrollHeight;
    first = false;
  }
  const repliesTo = (message) => all().some((m) => m.thread_ts === message.ts && m.ts !== message.ts);
  function divider(ts, next) {
    const key = `day ${dayName(ts)}`;
    const kept = known.get(key) || { node: el("div.day", {}, el("span", {}, dayName(ts))) };
    next.set(key, kept);
    return kept.node;
  }
  function newLine(next) {
    const kept = known.get("new") || { node: el("div.day.new", { role: "separator", "aria-label": "New messages" }, el("span", {}, "New")) };
    next.set("new", kept);
    return kept.node;
  }
  node.addEventListener("keydown", (event) => walk(node, event));
  function place(wanted) {
    const set = new Set(wanted);
    for (const child of [...node.childNodes]) if (!set.has(child)) child.remove();
    wanted.forEach((child, i) => { if (node.childNodes[i] !== child) node.insertBefore(child, node.childNodes[i] || null); });
  }
  return { node, show };
}

// To the same thing in the message that was drawn anew; to the message itself when it is gone.
function refocus(node, held, inner) {
  const message = node.querySelector(`[data-testid="${CSS.escape(held)}"]`);
  const same = inner && message?.querySelector(`[data-testid="${CSS.escape(inner)}"]`);
  (same || message)?.focus();
}

// Arrow keys go from message to message, unless something inside of one uses them itself.
function walk(node, event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  const here = document.activeElement;
  if (!(event.key in steps) || (here !== node && !here.matches(".message"))) return;
  const all = [...node.querySelectorAll(".message")];
  const at = here === node ? (event.key === "ArrowUp" ? all.length : -1) : all.indexOf(here);
  const next = all[at + steps[event.key]];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
