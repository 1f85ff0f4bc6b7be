// What the composer suggests while one types: slash commands, people and user groups.
import { el } from "./dom.js";
import { store } from "./store.js";

function commands(before) {
  return store.state.commands.filter((c) => c.command.startsWith(before))
    .map((c) => ({ label: `${c.command} ${c.hint ? `[${c.hint}]` : ""}`, hint: c.description, from: 0, insert: `${c.command} ` }));
}

function mentions(before) {
  const found = /(?:^|\s)@([\w -]{0,24})$/.exec(before);
  if (!found) return [];
  const wanted = found[1].toLowerCase();
  const { bot, people, groups } = store.state;
  const all = [{ name: bot.name, title: "App" }, ...people.filter((p) => !p.deleted), ...groups.map((g) => ({ name: g.handle, title: `User group${g.name ? `: ${g.name}` : ""}` }))];
  return all.filter((p) => p.name.toLowerCase().includes(wanted) && p.name.toLowerCase() !== wanted.trim()).slice(0, 6)
    .map((p) => ({ label: p.name, hint: p.title, from: before.length - found[1].length - 1, insert: `@${p.name} ` }));
}

export function suggestionsFor(before, inThread) {
  return /^\/\S*$/.test(before) && !inThread ? commands(before) : mentions(before);
}

// The list above a text box. `key(event)` says whether it used the key.
export function suggestionList(box, { inThread, changed }) {
  const id = `hints-${box.dataset.testid}`;
  const node = el("div.hints", { id, role: "listbox", "aria-label": "Suggestions", hidden: true });
  let offered = [];
  let at = 0;
  function draw() {
    node.hidden = !offered.length;
    if (node.hidden) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", `${id}-${at}`);
    node.replaceChildren(...offered.map((hint, i) => el("div.option", { id: `${id}-${i}`, role: "option", "aria-selected": String(i === at), class: i === at ? "at" : "",
      onmousedown: (event) => { event.preventDefault(); take(hint); } }, el("span", {}, hint.label), hint.hint ? el("span.description", {}, hint.hint) : null)));
  }
  function show(hints) {
    offered = hints;
    at = 0;
    draw();
  }
  function take(hint) {
    const end = box.selectionStart;
    box.value = box.value.slice(0, hint.from) + hint.insert + box.value.slice(end);
    box.selectionStart = box.selectionEnd = hint.from + hint.insert.length;
    show([]);
    changed();
    box.focus();
  }
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", id);
  box.addEventListener("input", () => show(suggestionsFor(box.value.slice(0, box.selectionStart), inThread)));
  box.addEventListener("blur", () => show([]));
  function key(event) {
    if (!offered.length) return false;
    const step = { ArrowDown: 1, ArrowUp: offered.length - 1 }[event.key];
    if (step) {
      at = (at + step) % offered.length;
      draw();
    } else if (event.key === "Tab" || (event.key === "Enter" && !offered[at].insert.startsWith(`${box.value} `))) take(offered[at]);
    else if (event.key === "Escape") show([]);
    else return false;
    return true;
  }
  return { node, key };
}
