// The rich_text block.
import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { lines, link, mention } from "./mrkdwn.js";
import { channel, store } from "./store.js";
import { slackDate } from "./when.js";

function styled(node, style = {}) {
  const tags = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };
  return Object.entries(tags).reduce((inner, [name, tag]) => (style[name] ? el(tag, {}, inner) : inner), node);
}

const INLINE = {
  text: (part) => el("span", {}, lines(part.text)),
  link: (part) => link(part.url, part.text),
  user: (part) => mention(part.user_id),
  channel: (part) => el("span.mention", {}, `#${channel(part.channel_id)?.name || part.channel_id}`),
  usergroup: (part) => el("span.mention", {}, `@${store.state.groups.find((g) => g.id === part.usergroup_id)?.handle || part.usergroup_id}`),
  emoji: (part) => el("span", {}, withEmoji(`:${part.name}:`)),
  broadcast: (part) => el("span.mention.mine", {}, `@${part.range}`),
  color: (part) => el("span.color", {}, part.value),
  date: (part) => el("time", {}, slackDate(part.timestamp, part.format)),
};

const unknown = (part) => el("span.unknown", {}, `${part.type} is not shown here`);
const words = (parts) => parts.map((part) => styled((INLINE[part.type] || unknown)(part), part.style));

function piece(part) {
  if (part.type === "rich_text_preformatted") return el("pre", {}, words(part.elements));
  if (part.type === "rich_text_quote") return el("blockquote", {}, words(part.elements));
  if (part.type === "rich_text_list") {
    const list = el(part.style === "ordered" ? "ol" : "ul", {}, part.elements.map((item) => el("li", {}, words(item.elements))));
    if (part.indent) list.style.marginInlineStart = `${part.indent * 1.5}rem`;
    if (part.offset) list.setAttribute("start", part.offset + 1);
    return list;
  }
  return el("p", {}, words(part.elements));
}

export function richText(block) {
  return el("div.rich", {}, block.elements.map(piece));
}
