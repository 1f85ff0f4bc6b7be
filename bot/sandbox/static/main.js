// Puts the page together: who acts, which place is open, what to read again when something changed.
import { act, listen, read } from "./api.js";
import { focusable, toast } from "./dom.js";
import { closeMenus } from "./dropdown.js";
import { drawInspector } from "./inspector.js";
import { forgetModal, refreshModal } from "./modal.js";
import { closePopover } from "./popover.js";
import { enterRoom } from "./room.js";
import { sidebar, sidebarKeys } from "./sidebar.js";
import { stageBar } from "./stagebar.js";
import { channel, readHash, store, takeState, writeHash } from "./store.js";
import { forgetThread, showThread } from "./thread.js";

const node = Object.fromEntries(["frame", "sidebar", "veil", "main", "side", "link-state", "stage-tools"].map((id) => [id, document.getElementById(id)]));
const stage = stageBar(node["stage-tools"], { inspect: () => inspect() });
let room = null; // what the main area shows: { key, list | home }
let visit = 0; // counts moves to another person or place; what was read for an earlier one is dropped
let inspecting = false;
let drawn = ""; // what the sidebar shows

function drawer(open) {
  const was = node.frame.classList.contains("drawer");
  node.frame.classList.toggle("drawer", open);
  node.veil.hidden = !open;
  node.main.inert = node.side.inert = open; // Tab stays in the drawer
  if (open) focusable(node.sidebar)[0]?.focus();
  else if (was) node.main.querySelector("[data-testid=drawer]")?.focus();
}

const whereabouts = () => `${store.me} ${store.place}`;

function enter() {
  const key = whereabouts();
  if (room?.key === key) return;
  forgetThread();
  room = { key, ...enterRoom(node.main, { drawer: () => drawer(true), go, openThread }) };
}

async function refreshMessages() {
  const here = room;
  if (here?.key !== whereabouts()) return; // on the way elsewhere; show() reads on arrival
  if (here.home) return here.home.refresh();
  const { messages, read: seen } = await read("messages", { channel: store.place });
  if (here.key !== whereabouts()) return;
  store.messages = messages;
  here.list.show(messages.filter((m) => !m.thread_ts || m.thread_ts === m.ts || m.broadcast), seen);
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

async function inspect(on = !inspecting) {
  inspecting = on;
  stage.inspecting(on);
  forgetThread();
  if (node.frame.classList.contains("drawer")) drawer(false);
  drawSide();
  if (!on) document.querySelector("[data-testid=inspect]").focus();
}

async function refreshState() {
  const during = visit;
  const state = await read("state");
  if (during !== visit) return;
  takeState(state);
  stage.tick();
  node["link-state"].hidden = store.state.connected;
  if (!(store.place === "home" && state.dm) && !channel(store.place)) store.place = state.dm || state.channels[0]?.id;
  const here = channel(store.place);
  if (here) here.unread = 0;
  document.title = `${!here ? "App Home" : here.kind === "im" ? state.bot.name : "#" + here.name} - ${state.team.name}`;
  const { now, ...lasting } = state;
  const print = JSON.stringify([lasting, store.place]);
  if (print !== drawn && document.activeElement?.id !== "person") {
    drawn = print;
    const focused = document.activeElement?.closest?.(".sidebar") ? document.activeElement.dataset.testid : "";
    sidebar(node.sidebar, { go, become, run, close: () => drawer(false) });
    if (focused) node.sidebar.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
  }
}

async function show() {
  const mine = ++visit;
  closeMenus();
  closePopover();
  await refreshState();
  if (mine !== visit) return;
  enter();
  writeHash();
  await refreshMessages();
}

function go(place) {
  Object.assign(store, { place, thread: "" });
  if (node.frame.classList.contains("drawer")) drawer(false);
  show();
}

function openThread(ts) {
  const left = store.thread;
  store.thread = ts;
  inspecting = false;
  stage.inspecting(false);
  writeHash();
  drawSide();
  if (!ts && left) document.querySelector(`[data-testid="thread-${CSS.escape(left)}"]`)?.focus();
}

function run(callback_id) {
  if (node.frame.classList.contains("drawer")) drawer(false);
  act("shortcut", { callback_id });
}

async function become(user) {
  document.activeElement?.blur();
  const wasDm = channel(store.place)?.kind === "im";
  const dm = `D${user.slice(1)}`;
  Object.assign(store, { me: user, place: wasDm ? dm : store.place, thread: "" });
  localStorage.setItem("as", user);
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
  if (["channel", "people", "everything", "connection", "trouble"].includes(change.what)) soon("state", refreshState);
  if (change.what === "clock") soon("clock", async () => { await refreshState(); await refreshMessages(); });
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
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector(".scrim, .popover")) return;
  if (node.frame.classList.contains("drawer")) drawer(false);
  else if (inspecting) inspect(false);
  else if (store.thread) openThread("");
});
sidebarKeys(node.sidebar);
setInterval(() => soon("state", refreshState), 5000);
start();
