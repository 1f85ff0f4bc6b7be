// Standard Markdown, as the markdown block takes it, as DOM nodes. Markup inside of it stays text.
import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./mrkdwn.js";

const INLINE = new RegExp(
  [
    "(`+)(.+?)\\1", // 1 2 code
    "!?\\[([^\\]\\n]+)\\]\\(([^)\\s]+)\\)", // 3 4 link; of a picture only the description
    "\\*\\*(\\S(?:.*?\\S)?)\\*\\*|__(\\S(?:.*?\\S)?)__", // 5 6 bold
    "(?<![\\w*])\\*(\\S(?:[^*\\n]*\\S)?)\\*(?![\\w*])|(?<![\\w_])_(\\S(?:[^_\\n]*\\S)?)_(?![\\w_])", // 7 8 italic
    "~~(\\S(?:.*?\\S)?)~~", // 9 struck
    "(https?:\\/\\/[^\\s<>)]+[^\\s<>).,;:!?])", // 10 bare link
    "\\\\([\\\\`*_{}\\[\\]()#+\\-.!~|>])", // 11 escaped
  ].join("|"),
);

function inline(text) {
  const nodes = [];
  let rest = text;
  for (let match = INLINE.exec(rest); match; match = INLINE.exec(rest)) {
    if (match.index) nodes.push(withEmoji(rest.slice(0, match.index)));
    const [whole, , code, label, url, bold, bold2, italic, italic2, struck, bare, escaped] = match;
    if (code !== undefined) nodes.push(el("code", {}, code.trim()));
    else if (url !== undefined) nodes.push(whole.startsWith("!") ? label : link(url, label));
    else if (bold ?? bold2) nodes.push(el("strong", {}, inline(bold ?? bold2)));
    else if (italic ?? italic2) nodes.push(el("em", {}, inline(italic ?? italic2)));
    else if (struck !== undefined) nodes.push(el("s", {}, inline(struck)));
    else nodes.push(bare !== undefined ? link(bare) : escaped);
    rest = rest.slice(match.index + whole.length);
  }
  if (rest) nodes.push(withEmoji(rest));
  return nodes;
}

const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());

function items(lines, start) {
  const ordered = /\d/.test(ITEM.exec(lines[start])[2]);
  const list = el(ordered ? "ol" : "ul");
  const depth = ITEM.exec(lines[start])[1].length;
  let i = start;
  while (i < lines.length) {
    const found = ITEM.exec(lines[i]);
    if (!found || found[1].length < depth || (found[1].length === depth && /\d/.test(found[2]) !== ordered)) break;
    if (found[1].length > depth) {
      const [inner, next] = items(lines, i);
      list.lastChild.append(inner);
      i = next;
      continue;
    }
    const box = found[3] === undefined ? null : found[3] === " " ? "☐ " : "☑ ";
    list.append(el("li", {}, box, inline(found[4])));
    i += 1;
  }
  return [list, i];
}

export function markdown(text) {
  const lines = text.split("\n");
  const nodes = [];
  let i = 0;
  const until = (test) => {
    const taken = [];
    while (i < lines.length && test(lines[i])) taken.push(lines[i++]);
    return taken;
  };
  while (i < lines.length) {
    const line = lines[i];
    const fence = /^\s*(```|~~~)/.exec(line);
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (fence) {
      i += 1;
      nodes.push(el("pre", {}, until((l) => !l.trim().startsWith(fence[1])).join("\n")));
      i += 1;
    } else if (heading) {
      nodes.push(el("h2", { class: `md-${Math.min(heading[1].length, 3)}` }, inline(heading[2])));
      i += 1;
    } else if (RULE.test(line)) {
      nodes.push(el("hr"));
      i += 1;
    } else if (/^\s*>/.test(line)) {
      nodes.push(el("blockquote", {}, markdown(until((l) => /^\s*>/.test(l)).map((l) => l.replace(/^\s*> ?/, "")).join("\n"))));
    } else if (ITEM.test(line)) {
      const [list, next] = items(lines, i);
      nodes.push(list);
      i = next;
    } else if (line.includes("|") && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[i + 1] || "")) {
      const [head, , ...rows] = until((l) => l.includes("|"));
      nodes.push(el("div.table", {}, el("table", {}, el("thead", {}, el("tr", {}, cells(head).map((c) => el("th", { scope: "col" }, inline(c))))),
        el("tbody", {}, rows.map((row) => el("tr", {}, cells(row).map((c) => el("td", {}, inline(c)))))))));
    } else if (line.trim()) {
      const words = until((l) => l.trim() && !ITEM.test(l) && !/^(\s*>|#{1,6}\s|\s*(```|~~~))/.test(l));
      nodes.push(el("p", {}, words.flatMap((l, n) => (n ? [el("br"), inline(l)] : inline(l)))));
    } else i += 1;
  }
  return el("div.markdown", {}, nodes);
}
