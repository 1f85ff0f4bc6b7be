// Menus with a search field where they are long, and the "more" menu.
import { confirmed } from "./confirm.js";
import { el, icon } from "./dom.js";
import { store } from "./store.js";

const LONG = 8;
let closeOpen = () => {};

function offered(element) {
  const { state } = store;
  if (/users_select$/.test(element.type)) {
    return state.people.filter((p) => !p.deleted).map((p) => ({ value: p.id, label: p.name, hint: p.title }));
  }
  if (/^(conversations|channels)_select$/.test(element.type)) {
    return state.channels.filter((c) => c.kind !== "im" && c.member && !c.archived).map((c) => ({ value: c.id, label: `#${c.name}` }));
  }
  const row = (group) => (o) => ({ value: o.value, label: o.text.text, hint: o.description?.text, group });
  if (element.option_groups) return element.option_groups.flatMap((g) => g.options.map(row(g.label.text)));
  return (element.options || []).map(row(""));
}

// Opens a list below `anchor`; calls `pick` with a value. Several choices leave it open.
export function dropdown(anchor, rows, { chosen, several, pick, label }) {
  closeOpen();
  const search = rows.length >= LONG ? el("input.text.search", { type: "text", placeholder: "Search", "aria-label": `Search ${label}`, role: "combobox", "aria-expanded": "true", autocomplete: "off" }) : null;
  const list = el("div.options", { role: "listbox", tabindex: "-1", "aria-label": label, "aria-multiselectable": several ? "true" : undefined });
  const box = el("div.dropdown", { "data-testid": "dropdown" }, search, list);
  let at = 0;

  const draw = () => {
    const wanted = (search?.value || "").trim().toLowerCase();
    const shown = rows.filter((r) => `${r.label} ${r.hint || ""} ${r.group || ""}`.toLowerCase().includes(wanted));
    at = Math.max(0, Math.min(at, shown.length - 1));
    list.replaceChildren();
    let group = "";
    shown.forEach((row, i) => {
      if (row.group && row.group !== group) list.append(el("div.group", { role: "presentation" }, (group = row.group)));
      const on = chosen().includes(row.value);
      const option = el("div.option", { role: "option", id: `option-${i}`, "aria-selected": on ? "true" : "false", "data-testid": `option-${row.value}`, class: i === at ? "at" : "" },
        el("span.tick", {}, on ? icon("check") : null), el("span", {}, row.label, row.hint ? el("span.description", {}, row.hint) : null));
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => take(row));
      option.addEventListener("mousemove", () => { if (at !== i) { at = i; mark(); } });
      list.append(option);
    });
    if (!shown.length) list.append(el("div.group", {}, "Nothing found"));
    return shown;
  };
  const mark = () => {
    list.querySelectorAll(".option").forEach((node, i) => node.classList.toggle("at", i === at));
    list.querySelector(".at")?.scrollIntoView({ block: "nearest" });
    (search || list).setAttribute("aria-activedescendant", `option-${at}`);
  };
  const close = (refocus = true) => {
    box.remove();
    document.removeEventListener("mousedown", outside, true);
    window.removeEventListener("resize", away);
    anchor.setAttribute("aria-expanded", "false");
    closeOpen = () => {};
    if (refocus) anchor.focus();
  };
  const away = () => close(false);
  const outside = (event) => { if (!box.contains(event.target) && !anchor.contains(event.target)) close(false); };
  const take = (row) => {
    if (!several) close();
    pick(row.value);
    if (several) draw();
  };
  box.addEventListener("keydown", (event) => {
    const shown = list.querySelectorAll(".option").length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : shown - 1)) % Math.max(1, shown);
      mark();
    } else if (event.key === "Enter" || (event.key === " " && !search)) {
      event.preventDefault();
      list.querySelectorAll(".option")[at]?.click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") close();
  });
  search?.addEventListener("input", () => { at = 0; draw(); mark(); });

  document.getElementById("layer").append(box);
  anchor.setAttribute("aria-expanded", "true");
  at = Math.max(0, rows.findIndex((r) => chosen().includes(r.value)));
  draw();
  const spot = anchor.getBoundingClientRect();
  const wordy = rows.some((row) => row.label.length > 26);
  const width = Math.min(innerWidth - 16, Math.max(spot.width, wordy ? 360 : 240));
  const below = innerHeight - spot.bottom - 12;
  const up = below < 220 && spot.top > below;
  box.style.width = `${width}px`;
  box.style.left = `${Math.max(8, Math.min(spot.left, innerWidth - width - 8))}px`;
  box.style.maxHeight = `${Math.min(320, up ? spot.top - 12 : below)}px`;
  box.style[up ? "bottom" : "top"] = `${up ? innerHeight - spot.top + 4 : spot.bottom + 4}px`;
  document.addEventListener("mousedown", outside, true);
  window.addEventListener("resize", away);
  closeOpen = () => close(false);
  (search || list).focus();
  mark();
}

export function closeMenus() { closeOpen(); }

export function menu(block, element, host, { id, describedBy, several }) {
  const rows = offered(element);
  let values = [].concat(host.value(block, element) ?? []);
  const words = el("span.words");
  const label = element.placeholder?.text || (several ? "Choose" : "Choose one");
  const node = el("button.menu", { type: "button", id, "aria-haspopup": "listbox", "aria-expanded": "false", "aria-describedby": describedBy, "data-testid": `action-${element.action_id}` }, words, icon("down"));
  const show = () => {
    const names = values.map((v) => rows.find((r) => r.value === v)?.label || v);
    words.replaceChildren(...(names.length ? (several ? names.map((n) => el("span.chip", {}, n)) : [names[0]]) : [el("span.placeholder", {}, label)]));
    node.dataset.value = values.join(",");
  };
  const pick = async (value) => {
    if (element.confirm && !(await confirmed(element.confirm))) return;
    if (!several) values = [value];
    else if (values.includes(value)) values = values.filter((v) => v !== value);
    else if (values.length < (element.max_selected_items || 100)) values = [...values, value];
    show();
    node.setAttribute("aria-busy", "true");
    try { await host.choose(block, element, several ? values : value); } finally { node.removeAttribute("aria-busy"); }
  };
  node.addEventListener("click", () => dropdown(node, rows, { chosen: () => values, several, pick, label }));
  show();
  return node;
}

export function overflow(block, element, host, picture) {
  const rows = element.options.map((o) => ({ value: o.value, label: o.text.text, hint: o.description?.text }));
  const node = el("button.button.overflow", { type: "button", "aria-label": "More", "aria-haspopup": "listbox", "aria-expanded": "false", "data-testid": `action-${element.action_id}` }, picture);
  const pick = async (value) => {
    if (element.confirm && !(await confirmed(element.confirm))) return;
    await host.choose(block, element, value);
  };
  node.addEventListener("click", () => dropdown(node, rows, { chosen: () => [], several: false, pick, label: "More" }));
  return node;
}

