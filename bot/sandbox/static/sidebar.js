// The left side: whose eyes one looks through, the places, the app.
import { add, avatar, el, icon, iconButton } from "./dom.js";
import { store, who } from "./store.js";

export function sidebar(node, { go, become, inspect, run }) {
  const { state } = store;
  const me = who(store.me);
  const choose = el("select", { id: "person", "aria-label": "Act as", "data-testid": "person-switch", onchange: (event) => become(event.target.value) },
    state.people.map((p) => el("option", { value: p.id, selected: p.id === store.me, disabled: p.deleted && p.id !== store.me }, `${p.name}${p.title ? ` - ${p.title}` : ""}${p.guest ? " (guest)" : ""}`)));
  const row = (id, picture, name, unread, muted) =>
    el(`button.place${store.place === id ? ".here" : ""}${unread ? ".unread" : ""}${muted ? ".muted" : ""}`, { type: "button", "data-testid": `channel-${id}`, "aria-current": store.place === id ? "page" : undefined, onclick: () => go(id) },
      picture, el("span.name", {}, name), unread ? el("span.count", { "aria-label": `${unread} unread` }, unread) : null);
  const channels = state.channels.filter((c) => c.kind !== "im");
  const dm = state.channels.find((c) => c.id === state.dm);
  const global = state.shortcuts.filter((s) => s.type === "global");
  node.replaceChildren();
  add(node, [
    el("div.team", {}, el("h1", {}, state.team.name), iconButton("list", "What the app has called", inspect, { "data-testid": "inspect" })),
    el("div.acting", {}, el("label", { for: "person" }, "Act as"), el("div.person", {}, avatar(me), el("span.person-name", { "aria-hidden": "true" }, el("strong", {}, me.name), el("small", {}, me.title)), icon("down"), choose)),
    el("h2", {}, "Channels"),
    channels.map((c) => row(c.id, icon(c.kind === "group" ? "lock" : "hash"), c.name, c.unread, !c.member || c.archived)),
    el("h2", {}, "Direct messages"),
    row(state.dm, avatar(who(state.bot.id), "tiny"), state.bot.name, dm?.unread),
    el("h2", {}, "App"),
    row("home", icon("home"), "App Home", 0),
    global.map((s) => el("button.place", { type: "button", onclick: () => run(s.callback_id), "data-testid": `shortcut-${s.callback_id}` }, icon("bolt"), el("span.name", {}, s.name))),
  ]);
}
