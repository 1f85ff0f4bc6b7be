// Slack's mrkdwn as DOM nodes. Nothing in a text can become markup: only text nodes and known elements are made.
import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { channel, store, who } from "./store.js";
import { full, slackDate } from "./when.js";

export function decode(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

export function lines(text) {
  return text.split("\n").flatMap((line, i) => (i ? [el("br"), line] : [line]));
}

// What Slack would call a link to a message opens it on this page, where the workspace has such an address.
const MESSAGE = /^https:\/\/[a-z0-9-]+\.example\.com\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})(?:\?thread_ts=([\d.]+))?/;

export function link(url, label) {
  const found = MESSAGE.exec(url);
  if (found) {
    const [, place, seconds, micros, thread] = found;
    const there = `#as=${store.me}&c=${place}&m=${seconds}.${micros}${thread ? `&t=${thread}` : ""}`;
    return el("a", { href: there, title: url }, label || url);
  }
  const safe = /^(https?:\/\/|mailto:)/i.test(url);
  if (!safe) return document.createTextNode(label || url);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url }, label || url.replace(/^mailto:/, ""));
}

export function mention(id, label) {
  const person = who(id);
  const mine = id === store.me ? ".mine" : "";
  return el(`span.mention${mine}`, { title: person.title || id }, `@${person.name === id && label ? label : person.name}`);
}

function place(id, label) {
  const found = channel(id);
  return found ? el("a.mention", { href: `#as=${store.me}&c=${id}` }, `#${found.name}`) : el("span.mention", {}, `#${label || id}`);
}

function group(id, label) {
  const found = store.state.groups.find((g) => g.id === id);
  return el("span.mention", {}, found ? `@${found.handle}` : label || `@${id}`);
}

function bracket(body) {
  const [target, ...rest] = body.split("|");
  const label = rest.length ? decode(rest.join("|")) : "";
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return place(target.slice(1), label);
  if (target.startsWith("!date^")) {
    const [, seconds, pattern, url] = target.split("^");
    if (!/^\d+$/.test(seconds || "")) return document.createTextNode(label);
    const text = slackDate(seconds, decode(pattern || ""));
    return url ? link(decode(url), text) : el("time", { title: full(seconds) }, text);
  }
  if (target.startsWith("!subteam^")) return group(target.slice(9), label);
  if (/^!(here|channel|everyone)/.test(target)) return el("span.mention.mine", {}, `@${target.slice(1).split("^")[0]}`);
  if (target.startsWith("!")) return document.createTextNode(label || `<${decode(target)}>`);
  return link(decode(target), label);
}

const TOKEN = new RegExp(
  [
    "`([^`\\n]+)`",
    "<([^<>\\n]+)>",
    "(?<![\\w*])\\*(\\S(?:[^*\\n]*\\S)?)\\*(?![\\w*])",
    "(?<![\\w_])_(\\S(?:[^_\\n]*\\S)?)_(?![\\w_])",
    "(?<![\\w~])~(\\S(?:[^~\\n]*\\S)?)~(?![\\w~])",
  ].join("|"),
);

function inline(text) {
  const nodes = [];
  let rest = text;
  for (let match = TOKEN.exec(rest); match; match = TOKEN.exec(rest)) {
    if (match.index) nodes.push(withEmoji(decode(rest.slice(0, match.index))));
    const [, code, inner, bold, italic, strike] = match;
    if (code !== undefined) nodes.push(el("code", {}, /^<[^>]+>$/.test(code) ? bracket(code.slice(1, -1)) : decode(code)));
    else if (inner !== undefined) nodes.push(bracket(inner));
    else if (bold !== undefined) nodes.push(el("strong", {}, inline(bold)));
    else if (italic !== undefined) nodes.push(el("em", {}, inline(italic)));
    else nodes.push(el("s", {}, inline(strike)));
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest) nodes.push(withEmoji(decode(rest)));
  return nodes;
}

function paragraph(text) {
  const nodes = [];
  let quote = null;
  text.split("\n").forEach((line, i, all) => {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    const item = /^(\s*)(•|-|\d+[.)])\s+(.*)$/.exec(line);
    if (quoted) {
      if (!quote) nodes.push((quote = el("blockquote")));
      else quote.append(el("br"));
      quote.append(...inline(quoted[1]).map((n) => (n instanceof Node ? n : document.createTextNode(n))));
      return;
    }
    quote = null;
    if (item) nodes.push(el("div.item", {}, el("span.dot", {}, item[2] === "-" ? "•" : item[2]), el("span", {}, inline(item[3]))));
    else {
      nodes.push(...inline(line));
      const next = all[i + 1];
      if (next !== undefined && !/^(&gt;|>|\s*(•|-|\d+[.)])\s)/.test(next)) nodes.push(el("br"));
    }
  });
  return nodes;
}

export function mrkdwn(text) {
  const nodes = [];
  text.split(/```/).forEach((part, i, all) => {
    const fenced = i % 2 === 1 && i < all.length - 1;
    if (fenced) nodes.push(el("pre", {}, decode(part.replace(/^\n|\n$/g, ""))));
    else if (part) {
      const open = i % 2 ? "```" + part : part;
      const lead = i > 1 && i % 2 === 0 ? open.replace(/^\n/, "") : open;
      const whole = i < all.length - 2 ? lead.replace(/\n$/, "") : lead;
      if (whole) nodes.push(...paragraph(whole));
    }
  });
  return el("div.mrkdwn", {}, nodes);
}

// A text object of Block Kit.
export function text(object) {
  if (!object) return null;
  return object.type === "mrkdwn" ? mrkdwn(object.text) : el("span", {}, lines(object.emoji === false ? object.text : withEmoji(object.text)));
}
