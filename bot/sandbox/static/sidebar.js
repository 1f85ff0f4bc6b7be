// The left side: whose eyes one looks through, the places, the app.
import { add, avatar, el, icon, iconButton, roving } from "./dom.js";
import { store, who } from "./store.js";

const folded = new Set();

function standing(person) {
  return person.deleted ? " (deactivated)" : person.stranger ? " (other organisation)" : person.guest ? " (guest)" : "";
}

function switcher(become) {
  const me = who(store.me);
  const choose = el("select", { id: "person", "aria-label": "Act as", "data-testid": "person-switch", onchange: (event) => become(event.target.value) },
    store.state.people.map((p) => el("option", { value: p.id, selected: p.id === store.me, disabled: p.deleted && p.id !== store.me }, `${p.name}${p.title ? ` - ${p.title}` : ""}${standing(p)}`)));
  return el("div.acting", {}, el("label", { for: "person" }, "Act as"),
    el("div.person", {}, avatar(me), el("span.person-name", { "aria-hidden": "true" }, el("strong", {}, me.name), el("small", {}, me.title)), icon("down"), choose));
}

function row(go, id, picture, name, { unread = 0, muted = false, note = "" } = {}) {
  const here = store.place === id;
  return el(`button.place${here ? ".here" : ""}${unread ? ".unread" : ""}${muted ? ".muted" : ""}`, { type: "button", "data-testid": `channel-${id}`, "aria-current": here ? "page" : undefined, onclick: () => go(id) },
    picture, el("span.name", {}, name), note ? el("span.note", {}, note) : null, unread ? el("span.count", { "aria-label": `${unread} unread` }, unread) : null);
}

function section(node, name, rows) {
  const id = `section-${name.replaceAll(" ", "-").toLowerCase()}`;
  const list = el("div", { id, hidden: folded.has(name) }, rows);
  const head = el("button.fold", { type: "button", "aria-expanded": String(!folded.has(name)), "aria-controls": id }, el("span.caret", {}, icon("down")), name);
  head.addEventListener("click", () => {
    if (!folded.delete(name)) folded.add(name);
    list.hidden = folded.has(name);
    head.setAttribute("aria-expanded", String(!list.hidden));
  });
  return [el("h2", {}, head), list];
}

export function sidebar(node, { go, become, run, close }) {
  const { state } = store;
  const channels = state.channels.filter((c) => c.kind !== "im").sort((a, b) => a.name.localeCompare(b.name, "en"));
  const dm = state.channels.find((c) => c.id === state.dm);
  const global = who(store.me).stranger ? [] : state.shortcuts.filter((s) => s.type === "global");
  const picture = (c) => icon(c.shared ? "people" : c.kind === "group" ? "lock" : "hash");
  node.replaceChildren();
  add(node, [
    el("div.team", {}, el("p", {}, state.team.name), iconButton("close", "Hide the sidebar", close, { class: "narrow-only" })),
    switcher(become),
    section(node, "Channels", channels.map((c) => row(go, c.id, picture(c), c.name, { unread: c.unread, muted: !c.member || c.archived, note: c.archived ? "archived" : "" }))),
    dm ? section(node, "Direct messages", row(go, state.dm, avatar(who(state.bot.id), "tiny"), state.bot.name, { unread: dm.unread })) : null,
    dm ? section(node, "App", [
      row(go, "home", icon("home"), "App Home"),
      global.map((s) => el("button.place", { type: "button", title: s.description, onclick: () => run(s.callback_id), "data-testid": `shortcut-${s.callback_id}` }, icon("bolt"), el("span.name", {}, s.name))),
    ]) : null,
  ]);
}

export function sidebarKeys(node) {
  roving(node, () => [...node.querySelectorAll(".fold, .place")].filter((part) => part.offsetParent !== null));
}
