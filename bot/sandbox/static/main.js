// Puts the page together: who acts, which place is open, what to read again when something changed.
import { act, listen, read } from "./api.js";
import { composer } from "./composer.js";
import { avatar, el, icon, iconButton, toast } from "./dom.js";
import { homeTab } from "./home.js";
import { drawInspector } from "./inspector.js";
import { closeMenus } from "./menu.js";
import { messageList } from "./messages.js";
import { forgetModal, refreshModal } from "./modal.js";
import { sidebar } from "./sidebar.js";
import { channel, readHash, store, who, writeHash } from "./store.js";
import { forgetThread, showThread } from "./thread.js";

const node = Object.fromEntries(["frame", "sidebar", "veil", "main", "side", "link-state"].map((id) => [id, document.getElementById(id)]));
let room = null; // what the main area shows: { key, list | home }
let visit = 0; // counts moves to another person or place; what was read for an earlier one is dropped
let inspecting = false;
let drawn = ""; // what the sidebar shows

function drawer(open) {
  node.frame.classList.toggle("drawer", open);
  node.veil.hidden = !open;
}

function bar(...inside) {
  return el("header.bar", {}, iconButton("menu", "Show the sidebar", () => drawer(true), { class: "narrow-only", "data-testid": "drawer" }), ...inside);
}

function tabs(now) {
  const tab = (id, name) => el(`button.tab${now === id ? ".here" : ""}`, { type: "button", role: "tab", "aria-selected": now === id ? "true" : "false", onclick: () => go(id === "home" ? "home" : store.state.dm) }, name);
  return el("div.tabs", { role: "tablist" }, tab("home", "Home"), tab("messages", "Messages"));
}

const whereabouts = () => `${store.me} ${store.place}`;

function enter() {
  const key = whereabouts();
  if (room?.key === key) return;
  forgetThread();
  const { bot } = store.state;
  const app = () => [avatar(who(bot.id), "small"), el("h2", {}, bot.name)];
  if (store.place === "home") {
    const home = homeTab();
    room = { key, home };
    node.main.replaceChildren(bar(...app(), tabs("home")), home.node);
    act("home", { tab: "home" });
    return;
  }
  const place = channel(store.place);
  const list = messageList({ label: place.kind === "im" ? bot.name : `#${place.name}`, openThread, all: () => store.messages });
  const title = place.kind === "im" ? [...app(), tabs("messages")]
    : [icon(place.kind === "group" ? "lock" : "hash"), el("h2", {}, place.name, el("small", {}, place.topic))];
  const write = place.member && !place.archived
    ? composer({ channel: place.id, label: `Message ${place.kind === "im" ? bot.name : "#" + place.name}`, testid: "composer" }) : null;
  room = { key, list };
  const locked = place.archived ? "This channel is archived." : "You are not a member of this channel.";
  node.main.replaceChildren(bar(...title), list.node, write?.node || el("p.locked", {}, locked));
  if (place.kind === "im") act("home", { tab: "messages" });
  if (matchMedia("(min-width: 800px)").matches && !store.thread) write?.focus();
}

async function refreshMessages() {
  const here = room;
  if (here?.key !== whereabouts()) return; // on the way elsewhere; show() reads on arrival
  if (here.home) return here.home.refresh();
  const { messages } = await read("messages", { channel: store.place });
  if (here.key !== whereabouts()) return;
  store.messages = messages;
  here.list.show(messages.filter((m) => !m.thread_ts || m.thread_ts === m.ts || m.broadcast));
  drawSide();
  const place = channel(store.place);
  if (!place?.member) return;
  place.unread = 0;
  await act("read", { channel: place.id });
}

function drawSide() {
  const shown = inspecting || Boolean(store.thread);
  node.side.hidden = !shown;
  node.frame.classList.toggle("with-side", shown);
  if (inspecting) {
    node.side.setAttribute("aria-label", "Calls of the app");
    drawInspector(node.side, () => inspect(false));
  } else showThread(node.side, () => openThread(""));
}

function inspect(on = !inspecting) {
  inspecting = on;
  forgetThread();
  drawer(false);
  drawSide();
}

async function refreshState() {
  const during = visit;
  const state = await read("state");
  if (during !== visit) return;
  store.state = state;
  node["link-state"].hidden = store.state.connected;
  if (store.place !== "home" && !channel(store.place)) store.place = store.state.dm;
  const here = channel(store.place);
  if (here) here.unread = 0;
  document.title = `${store.place === "home" ? "App Home" : here.kind === "im" ? store.state.bot.name : "#" + here.name} - ${store.state.team.name}`;
  const print = JSON.stringify([store.state, store.place]);
  if (print !== drawn && document.activeElement?.id !== "person") {
    drawn = print;
    const focused = document.activeElement?.closest?.(".sidebar") ? document.activeElement.dataset.testid : "";
    sidebar(node.sidebar, { go, become, inspect: () => inspect(), run });
    if (focused) node.sidebar.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
  }
}

async function show() {
  const mine = ++visit;
  closeMenus();
  await refreshState();
  if (mine !== visit) return;
  enter();
  writeHash();
  await refreshMessages();
}

function go(place) {
  Object.assign(store, { place, thread: "" });
  drawer(false);
  show();
}

function openThread(ts) {
  store.thread = ts;
  inspecting = false;
  writeHash();
  drawSide();
}

function run(callback_id) {
  drawer(false);
  act("shortcut", { callback_id });
}

async function become(user) {
  document.activeElement?.blur();
  const wasDm = channel(store.place)?.kind === "im";
  const dm = `D${user.slice(1)}`;
  Object.assign(store, { me: user, place: wasDm ? dm : store.place, thread: "" });
  forgetModal();
  listen(changed);
  await show();
}

// Several changes in a row are read once.
const waiting = new Map();
function soon(name, work) {
  if (waiting.has(name)) return;
  waiting.set(name, setTimeout(async () => {
    waiting.delete(name);
    try { await work(); } catch (fault) { console.warn(fault.message); }
  }, 40));
}

function changed(change) {
  if (change.what === "warning") toast(change.text);
  if (change.what === "view" || change.what === "everything") soon("view", refreshModal);
  if (change.what === "traffic") { if (inspecting) soon("traffic", drawSide); return; }
  if (change.what === "home" && store.place === "home") soon("messages", refreshMessages);
  if (change.what === "everything" || (change.what === "channel" && change.channel === store.place)) soon("messages", refreshMessages);
  if (["channel", "people", "everything", "connection"].includes(change.what)) soon("state", refreshState);
}

async function start() {
  const hash = readHash();
  if (!hash.me) {
    const people = await (await fetch("/ui/people")).json();
    hash.me = localStorage.getItem("as") && people.some((p) => p.id === localStorage.getItem("as")) ? localStorage.getItem("as") : people[0].id;
  }
  const moved = hash.me !== store.me;
  Object.assign(store, { me: hash.me, place: hash.place || store.place, thread: hash.thread });
  localStorage.setItem("as", store.me);
  try {
    await show();
  } catch (fault) {
    toast(fault.message);
    history.replaceState(null, "", "#");
    localStorage.removeItem("as");
    return;
  }
  if (moved) listen(changed);
  if (hash.message) document.querySelector(`[data-testid="message-${CSS.escape(hash.message)}"]`)?.scrollIntoView({ block: "center" });
}

node.veil.addEventListener("click", () => drawer(false));
window.addEventListener("popstate", start);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector(".scrim")) return;
  if (node.frame.classList.contains("drawer")) drawer(false);
  else if (inspecting) inspect(false);
  else if (store.thread) openThread("");
});
setInterval(() => soon("state", refreshState), 5000);
start();
