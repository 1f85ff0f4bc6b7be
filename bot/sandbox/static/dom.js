// Builds DOM nodes. Text becomes text nodes, never markup.

export function el(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const node = document.createElement(tag || "div");
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked") node[key] = value;
    else if (key === "class") node.classList.add(...value.split(" ").filter(Boolean));
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  add(node, children);
  return node;
}

export function add(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

const PATHS = {
  reply: "M4 5h16v11H10l-4 4v-4H4z",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  clip: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.5 3.5 0 0 1 5 5l-8.5 8.5a1.8 1.8 0 0 1-2.600-2.600L14.500 7.500",
  send: "M4 12l16-8-6 16-3-6zM11 14l9-10",
  menu: "M4 6h16M4 12h16M4 18h16",
  close: "M6 6l12 12M18 6L6 18",
  back: "M15 5l-7 7 7 7",
  home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
  hash: "M9 4L7 20M17 4l-2 16M4 9h16M4 15h16",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
  down: "M6 9l6 6 6-6",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  more: "M5 11.400a.6.6 0 1 0 0 1.200.6.6 0 0 0 0-1.200zM12 11.400a.6.6 0 1 0 0 1.200.6.6 0 0 0 0-1.200zM19 11.400a.6.6 0 1 0 0 1.200.6.6 0 0 0 0-1.200z",
  check: "M5 12l5 5 9-10",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  list: "M4 6h16M4 12h10M4 18h13",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.500 2",
  storm: "M7 15a4 4 0 0 1 .5-8 5 5 0 0 1 9.500 1.500A3.300 3.300 0 0 1 17.500 15M12.500 12l-2.500 4h4l-2.500 4",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400",
  moon: "M20 14.500A8.500 8.500 0 1 1 9.500 4a7 7 0 0 0 10.500 10.500z",
  halves: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 7h7M12 12h9M12 17h7",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 10h.01M15 10h.01M8.500 14.500a4.500 4.500 0 0 0 7 0",
  copy: "M9 9h11v11H9zM5 15V4h11",
  people: "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20a6.500 6.500 0 0 1 13 0M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14a6.500 6.500 0 0 1 3.500 6",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, more = {}) {
  return el("button.icon-button", { type: "button", "aria-label": label, title: label, onclick, ...more }, icon(name));
}

const HUES = ["#7a4988", "#2f6f8f", "#8a5a2b", "#3f7a4f", "#9a4456", "#4a5fa5", "#6b6f2a", "#2e7d78"];

export function avatar(who, size = "") {
  let sum = 0;
  for (const letter of who.id) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  const node = el(`span.avatar${size ? "." + size : ""}${who.bot ? ".bot" : ""}`, { "aria-hidden": "true" }, who.initials);
  if (!who.bot) node.style.setProperty("--hue", HUES[sum % HUES.length]);
  return node;
}

export function toast(text, kind = "warning") {
  const node = el(`div.toast.${kind}`, { "data-testid": "toast" }, text);
  document.getElementById("toasts").append(node);
  setTimeout(() => node.remove(), 7000);
}

export function focusable(root) {
  const all = root.querySelectorAll("button, input, textarea, select, a[href], [tabindex='0']");
  return [...all].filter((node) => !node.disabled && node.offsetParent !== null);
}

// Keeps Tab inside a dialog.
export function trap(dialog) {
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const nodes = focusable(dialog);
    if (!nodes.length) return;
    const [first, last] = [nodes[0], nodes[nodes.length - 1]];
    if (event.shiftKey && document.activeElement === first) { event.preventDefault(); last.focus(); }
    else if (!event.shiftKey && document.activeElement === last) { event.preventDefault(); first.focus(); }
  });
}

// Redraws, and gives the focus back to the same thing when it is still there; true when that worked.
export function keepFocus(root, redraw) {
  const held = root().contains(document.activeElement) ? document.activeElement : null;
  const key = !held ? "" : held.id ? `#${CSS.escape(held.id)}` : held.dataset.testid ? `[data-testid="${CSS.escape(held.dataset.testid)}"]` : "";
  const block = held?.closest("[data-block-id]")?.dataset.blockId;
  redraw();
  if (!key || held.isConnected) return Boolean(held);
  const again = (block && root().querySelector(`[data-block-id="${CSS.escape(block)}"] ${key}`)) || root().querySelector(key);
  again?.focus();
  return Boolean(again);
}

// Arrow keys, Home and End move the focus among these nodes; one of them is in the Tab order.
export function roving(root, nodes, { columns = 1 } = {}) {
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
  root.addEventListener("keydown", (event) => {
    const all = nodes();
    const at = all.indexOf(document.activeElement);
    const to = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : at + (steps[event.key] ?? NaN);
    if (at < 0 || Number.isNaN(to) || !all[to]) return;
    event.preventDefault();
    all[to].focus();
  });
}

export function tabList(label, tabs, now, choose) {
  const node = el("div.tabs", { role: "tablist", "aria-label": label }, tabs.map(([id, name]) =>
    el(`button.tab${now === id ? ".here" : ""}`, { type: "button", role: "tab", "aria-selected": String(now === id), tabindex: now === id ? "0" : "-1", "data-testid": `tab-${id}`, onclick: () => choose(id) }, name)));
  roving(node, () => [...node.children]);
  return node;
}
