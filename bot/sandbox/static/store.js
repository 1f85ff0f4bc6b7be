// What the page knows: who one acts as, where one is, and the last state read.

// `ahead`: seconds by which the workspace's clock is ahead of this computer's.
export const store = { me: "", place: "", thread: "", state: null, messages: [], ahead: 0 };

export function takeState(state) {
  store.state = state;
  store.ahead = state.now - Date.now() / 1000;
}

export function who(id) {
  const { state } = store;
  if (id === state.bot.id) return { id, name: state.bot.name, initials: state.bot.name[0], bot: true, title: "App" };
  const person = state.people.find((p) => p.id === id);
  return person || { id, name: id, initials: "?", title: "" };
}

export function channel(id) {
  return store.state.channels.find((c) => c.id === id);
}

export function zone() {
  const me = store.state?.people.find((p) => p.id === store.me);
  return me ? me.tz || "UTC" : undefined;
}

export function readHash() {
  const hash = new URLSearchParams(location.hash.slice(1));
  return { me: hash.get("as") || "", place: hash.get("c") || "", thread: hash.get("t") || "", message: hash.get("m") || "" };
}

export function writeHash() {
  const hash = new URLSearchParams({ as: store.me, c: store.place });
  if (store.thread) hash.set("t", store.thread);
  const next = `#${hash}`;
  if (next !== location.hash) history.pushState(null, "", next);
}
