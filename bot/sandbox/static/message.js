// One message: who, when, its words or blocks, files, reactions, and the line to its thread.
import { act } from "./api.js";
import { blocks } from "./blocks.js";
import { initial } from "./values.js";
import { avatar, el, icon } from "./dom.js";
import { files } from "./files.js";
import { mrkdwn } from "./mrkdwn.js";
import { openProfile } from "./profile.js";
import { reactions } from "./reactions.js";
import { who } from "./store.js";
import { tools } from "./tools.js";
import { ago, clock, full } from "./when.js";

function hostFor(message) {
  const at = { where: "message", channel: message.channel, ts: message.ts };
  const picked = message.picked;
  return {
    key: message.ts,
    value: (block, element) => picked[block.block_id]?.[element.action_id] ?? initial(element),
    press: (block, element) => act("press", { ...at, action_id: element.action_id, block_id: block.block_id, value: element.value }),
    choose: (block, element, value, { quiet = false } = {}) =>
      quiet ? null : act("press", { ...at, action_id: element.action_id, block_id: block.block_id, values: [].concat(value ?? []) }),
    look: async (block, element, query) => (await act("look", { ...at, action_id: element.action_id, query })).result || [],
  };
}

function threadLine(message, replies, openThread) {
  if (!replies.length || !openThread) return null;
  const faces = [...new Set(replies.map((r) => r.user))].slice(0, 4).map((id) => avatar(who(id), "tiny"));
  const last = replies[replies.length - 1];
  return el("button.thread-line", { type: "button", onclick: () => openThread(message.ts), "data-testid": `thread-${message.ts}` },
    faces, el("strong", {}, `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`), el("span", {}, `Last reply ${ago(last.ts)}`));
}

export function badges(author) {
  const badge = (words) => el("span.badge", {}, words);
  return [author.bot ? badge("APP") : null, author.stranger ? badge("EXTERNAL") : null, author.guest ? badge("GUEST") : null, author.deleted ? badge("DEACTIVATED") : null];
}

export function draw(message, { compact, replies, openThread }) {
  const author = who(message.user);
  const words = message.deleted ? el("p.gone", {}, "This message was deleted.")
    : message.blocks.length ? blocks(message.blocks, hostFor(message)) : mrkdwn(message.text);
  const body = el("div.body", {}, words, message.edited && !message.from_bot ? el("span.edited", { title: full(message.edited.ts) }, "(edited)") : null);
  const name = el("button.author", { type: "button", "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => openProfile(name, message.user) }, author.name);
  const head = compact ? null : el("div.head", {}, name, badges(author), el("time", { title: full(message.ts) }, clock(message.ts)));
  return el(`article.message${compact ? ".compact" : ""}${message.ephemeral ? ".ephemeral" : ""}`, { "data-testid": `message-${message.ts}`, "data-user": message.user, tabindex: "-1", "aria-label": `${author.name}, ${clock(message.ts)}` },
    message.ephemeral ? el("p.only-you", {}, icon("eye"), "Only visible to you") : null,
    message.broadcast && openThread ? el("p.only-you", {}, icon("reply"), "Replied to a thread, and here") : null,
    compact ? el("time.aside", { title: full(message.ts) }, clock(message.ts)) : avatar(author),
    el("div.content", {}, head, body, message.deleted ? null : files(message.files), message.deleted ? null : reactions(message), threadLine(message, replies, openThread)),
    message.deleted ? null : tools(message, body, openThread));
}
