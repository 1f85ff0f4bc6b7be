// The message list of a conversation or a thread. Messages that did not change keep their nodes.
import { act } from "./api.js";
import { blocks } from "./blocks.js";
import { initial } from "./controls.js";
import { confirmed } from "./confirm.js";
import { avatar, el, icon, iconButton } from "./dom.js";
import { dropdown } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { store, who } from "./store.js";
import { ago, clock, dayName, full, sameDay } from "./when.js";

const CLOSE_SECONDS = 300;
const plain = (text) => ({ type: "plain_text", text });

function hostFor(message) {
  const at = { where: "message", channel: message.channel, ts: message.ts };
  const picked = message.picked;
  return {
    key: message.ts,
    value: (block, element) => picked[block.block_id]?.[element.action_id] ?? initial(element),
    press: (block, element) => act("press", { ...at, action_id: element.action_id, block_id: block.block_id, value: element.value }),
    choose: (block, element, value, { quiet = false } = {}) =>
      quiet ? null : act("press", { ...at, action_id: element.action_id, block_id: block.block_id, values: [].concat(value ?? []) }),
  };
}

function files(list = []) {
  return list.map((file) => el("a.file", { href: new URL(file.url_private).pathname, download: file.name }, icon("file"),
    el("span", {}, el("strong", {}, file.title || file.name), el("small", {}, `${file.filetype.toUpperCase()} · ${size(file.size)}`))));
}

function size(bytes) {
  return bytes < 1000 ? `${bytes} bytes` : bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

async function remove(message) {
  const sure = await confirmed({ title: plain("Delete message"), text: plain("Delete this message? This cannot be undone."), confirm: plain("Delete"), deny: plain("Cancel"), style: "danger" });
  if (sure) await act("delete", { channel: message.channel, ts: message.ts });
}

function editor(message, body) {
  const box = el("textarea.text", { rows: 2, value: message.typed, "aria-label": "Edit message", "data-testid": "edit-box" });
  const stop = () => form.replaceWith(body);
  const form = el("form.editing", {}, box, el("div.row", {}, el("button.button.tiny", { type: "button", onclick: stop }, "Cancel"), el("button.button.primary.tiny", { type: "submit" }, "Save")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (box.value.trim() && box.value !== message.typed) await act("edit", { channel: message.channel, ts: message.ts, text: box.value });
    stop();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); stop(); }
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); }
  });
  body.replaceWith(form);
  box.focus();
}

function tools(message, body, openThread) {
  const here = store.state.shortcuts.filter((s) => s.type === "message");
  const run = (callback_id) => act("shortcut", { callback_id, channel: message.channel, ts: message.ts });
  const more = here.length && !message.ephemeral
    ? iconButton("bolt", "Shortcuts for this message", (event) => dropdown(event.currentTarget, here.map((s) => ({ value: s.callback_id, label: s.name, hint: s.description })), { chosen: () => [], several: false, pick: run, label: "Shortcuts" }), { "data-testid": `shortcuts-${message.ts}` })
    : null;
  return el("div.tools", {},
    openThread && !message.ephemeral ? iconButton("reply", "Reply in thread", () => openThread(message.thread_ts || message.ts), { "data-testid": `reply-${message.ts}` }) : null,
    more,
    message.own ? iconButton("edit", "Edit message", () => editor(message, body), { "data-testid": `edit-${message.ts}` }) : null,
    message.own ? iconButton("trash", "Delete message", () => remove(message), { "data-testid": `delete-${message.ts}` }) : null);
}

function threadLine(message, replies, openThread) {
  if (!replies.length || !openThread) return null;
  const faces = [...new Set(replies.map((r) => r.user))].slice(0, 4).map((id) => avatar(who(id), "tiny"));
  const last = replies[replies.length - 1];
  return el("button.thread-line", { type: "button", onclick: () => openThread(message.ts), "data-testid": `thread-${message.ts}` },
    faces, el("strong", {}, `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`), el("span", {}, `Last reply ${ago(last.ts)}`));
}

function draw(message, { compact, replies, openThread }) {
  const author = who(message.user);
  const words = message.deleted ? el("p.gone", {}, "This message was deleted.")
    : message.blocks.length ? blocks(message.blocks, hostFor(message)) : mrkdwn(message.text);
  const body = el("div.body", {}, words, message.edited && !message.from_bot ? el("span.edited", { title: full(message.edited.ts) }, "(edited)") : null);
  const head = compact ? null : el("div.head", {}, el("strong.author", {}, author.name), author.bot ? el("span.badge", {}, "APP") : null,
    author.guest ? el("span.badge", {}, "GUEST") : null, el("time", { title: full(message.ts) }, clock(message.ts)));
  return el(`article.message${compact ? ".compact" : ""}${message.ephemeral ? ".ephemeral" : ""}`, { "data-testid": `message-${message.ts}`, "data-user": message.user, tabindex: "-1", "aria-label": `${author.name}, ${clock(message.ts)}` },
    message.ephemeral ? el("p.only-you", {}, icon("eye"), "Only visible to you") : null,
    compact ? el("time.aside", { title: full(message.ts) }, clock(message.ts)) : avatar(author),
    el("div.content", {}, head, body, files(message.files), threadLine(message, replies, openThread)),
    message.deleted ? null : tools(message, body, openThread));
}

// Keeps one list element up to date; `show(messages)` redraws only what changed.
export function messageList({ label, openThread, all }) {
  const node = el("div.messages", { role: "log", "aria-live": "polite", "aria-label": label, tabindex: "0", "data-testid": "messages" });
  let known = new Map();
  let first = true;
  function show(messages) {
    const near = node.scrollHeight - node.scrollTop - node.clientHeight < 120;
    const next = new Map();
    const wanted = [];
    let before = null;
    for (const message of messages) {
      if (!before || !sameDay(before.ts, message.ts)) wanted.push(divider(message.ts, next));
      const replies = openThread ? all().filter((m) => m.thread_ts === message.ts && m.ts !== message.ts && !m.ephemeral && !m.deleted) : [];
      const compact = Boolean(before && before.user === message.user && !before.ephemeral && !message.ephemeral && !message.deleted && Number(message.ts) - Number(before.ts) < CLOSE_SECONDS && sameDay(before.ts, message.ts) && !(openThread && repliesTo(before)));
      const print = JSON.stringify([message, compact, replies.map((r) => r.ts), who(message.user).name]);
      const old = known.get(message.ts);
      const kept = old?.print === print ? old : { print, node: draw(message, { compact, replies, openThread }) };
      next.set(message.ts, kept);
      wanted.push(kept.node);
      before = message;
    }
    if (!wanted.length) wanted.push(el("p.nothing", {}, "Nothing has been said here yet."));
    const held = node.contains(document.activeElement) ? document.activeElement.closest(".message")?.dataset.testid : "";
    place(wanted);
    known = next;
    if (held && !node.contains(document.activeElement)) node.querySelector(`[data-testid="${CSS.escape(held)}"]`)?.focus();
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
  function place(wanted) {
    const set = new Set(wanted);
    for (const child of [...node.childNodes]) if (!set.has(child)) child.remove();
    wanted.forEach((child, i) => { if (node.childNodes[i] !== child) node.insertBefore(child, node.childNodes[i] || null); });
  }
  return { node, show };
}
