// The main area: a conversation or the Home tab, with its bar.
import { act } from "./api.js";
import { composer } from "./composer.js";
import { avatar, el, icon, iconButton, tabList } from "./dom.js";
import { homeTab } from "./home.js";
import { messageList } from "./messages.js";
import { channel, store, who } from "./store.js";

const WIDE = "(min-width: 800px)";

// Draws the place one is in; returns { list } or { home }.
export function enterRoom(node, { drawer, go, openThread }) {
  const bar = (...inside) => el("header.bar", {}, iconButton("menu", "Show the sidebar", drawer, { class: "narrow-only", "data-testid": "drawer" }), ...inside);
  const { bot } = store.state;
  const tabs = (now) => tabList(bot.name, [["home", "Home"], ["messages", "Messages"]], now, (id) => go(id === "home" ? "home" : store.state.dm));
  const app = () => [avatar(who(bot.id), "small"), el("h1", {}, bot.name)];
  if (store.place === "home") {
    const home = homeTab();
    node.replaceChildren(bar(...app(), tabs("home")), home.node);
    act("home", { tab: "home" });
    return { home };
  }
  const place = channel(store.place);
  const direct = place.kind === "im";
  const name = direct ? bot.name : `#${place.name}`;
  const list = messageList({ label: name, openThread, all: () => store.messages });
  const title = direct ? [...app(), tabs("messages")]
    : [icon(place.kind === "group" ? "lock" : "hash"), el("h1", {}, place.name, place.shared ? el("span.badge", {}, "SHARED") : null, el("small", {}, place.topic)),
      el("span.members", { title: place.members.map((id) => who(id).name).join(", "), "aria-label": `${place.members.length} members` }, icon("people"), place.members.length)];
  const write = place.member && !place.archived ? composer({ channel: place.id, label: `Message ${name}`, testid: "composer" }) : null;
  node.replaceChildren(bar(...title), list.node,
    write?.node || el("p.locked", {}, place.archived ? "This channel is archived." : "You are not a member of this channel."));
  if (direct) act("home", { tab: "messages" });
  if (matchMedia(WIDE).matches && !store.thread) write?.focus();
  return { list };
}
