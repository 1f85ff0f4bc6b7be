// The thread pane on the right; the whole screen on a phone.
import { composer } from "./composer.js";
import { el, iconButton } from "./dom.js";
import { messageList } from "./messages.js";
import { channel, store } from "./store.js";

let open = null;

export function showThread(node, close) {
  const ts = store.thread;
  if (!ts) {
    open = null;
    return;
  }
  const place = channel(store.place);
  const key = `${store.me} ${store.place} ${ts}`;
  if (open?.key !== key) {
    const list = messageList({ label: "Thread", all: () => store.messages });
    const where = place.kind === "im" ? store.state.bot.name : `#${place.name}`;
    const write = place.member && !place.archived ? composer({ channel: place.id, thread_ts: ts, label: "Reply…", testid: "thread-composer", alsoIn: place.kind === "im" ? "as a direct message" : `in #${place.name}` }) : null;
    node.setAttribute("aria-label", "Thread");
    node.replaceChildren(
      el("header.bar", {}, iconButton("back", "Back to the conversation", close, { class: "narrow-only" }), el("h2", {}, "Thread", el("small", {}, where)), iconButton("close", "Close thread", close, { class: "wide-only", "data-testid": "thread-close" })),
      list.node, write?.node || el("p.locked", {}, "You cannot write here."));
    open = { key, list };
    if (matchMedia("(min-width: 800px)").matches) write?.focus();
  }
  open.list.show(store.messages.filter((m) => m.ts === ts || m.thread_ts === ts));
}

export function forgetThread() { open = null; }
