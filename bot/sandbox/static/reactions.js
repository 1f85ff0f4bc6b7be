// Reactions below a message, and the window in which one is chosen.
import { act } from "./api.js";
import { el, icon, roving } from "./dom.js";
import { groups, picture } from "./emoji.js";
import { popover } from "./popover.js";
import { store, who } from "./store.js";

const COLUMNS = 8;

export function react(message, name) {
  const mine = (message.reactions || []).find((r) => r.name === name)?.users.includes(store.me);
  return act("react", { channel: message.channel, ts: message.ts, name, on: !mine });
}

function names(users) {
  const all = users.map((id) => (id === store.me ? "you" : who(id).name));
  return all.length > 1 ? `${all.slice(0, -1).join(", ")} and ${all.at(-1)}` : all[0];
}

export function reactions(message) {
  if (!message.reactions?.length) return null;
  const add = el("button.reaction", { type: "button", "aria-label": "Add a reaction", title: "Add a reaction", "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => openPicker(add, message) }, icon("smile"));
  return el("div.reactions", {}, message.reactions.map((r) => el(`button.reaction${r.users.includes(store.me) ? ".mine" : ""}`, {
    type: "button", "aria-pressed": String(r.users.includes(store.me)), "data-testid": `reaction-${r.name}`,
    "aria-label": `${r.name.replaceAll("_", " ")}, ${r.count}, by ${names(r.users)}`, title: `${names(r.users)} with :${r.name}:`,
    onclick: () => react(message, r.name),
  }, el("span.emoji", {}, picture(r.name)), el("span", {}, r.count))), add);
}

export function openPicker(anchor, message) {
  const window_ = popover(anchor, "Choose a reaction", { width: 324, testid: "reaction-picker" });
  if (!window_) return;
  const search = el("input.text.search", { type: "text", placeholder: "Search by name", "aria-label": "Search by name", autocomplete: "off" });
  const list = el("div.picker-list");
  const take = (name) => { window_.close(); react(message, name); };
  const draw = () => {
    const wanted = search.value.trim().toLowerCase().replace(/[: ]/g, "_");
    const shown = groups.map((g) => ({ ...g, emoji: g.emoji.filter(([name]) => name.includes(wanted)) })).filter((g) => g.emoji.length);
    list.replaceChildren(...shown.flatMap((group) => [el("h3", {}, group.name), el("div.emoji-grid", {}, group.emoji.map(([name, sign]) =>
      el("button", { type: "button", "aria-label": name.replaceAll("_", " "), title: `:${name}:`, "data-testid": `emoji-${name}`, tabindex: "-1", onclick: () => take(name) }, sign)))]));
    if (!shown.length) list.append(el("p.soft", {}, "Nothing found"));
    const first = list.querySelector("button");
    if (first) first.tabIndex = 0;
  };
  roving(list, () => [...list.querySelectorAll("button")], { columns: COLUMNS });
  search.addEventListener("input", draw);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    const first = list.querySelector("button");
    if (event.key === "Enter") first?.click();
    else first?.focus();
  });
  draw();
  window_.show(search, list);
}
