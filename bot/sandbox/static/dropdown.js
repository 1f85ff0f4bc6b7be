// A list below a button: arrow keys, a search field where it is long or where the app is asked.
import { el, icon } from "./dom.js";

const LONG = 8;
const PAUSE = 250;
let closeOpen = () => {};

export function closeMenus() { closeOpen(); }

// Calls `pick` with a value and its row. Several choices leave it open. `look` asks the app for rows.
export function dropdown(anchor, rows, { chosen, several = false, pick, label, look = null, searchable = true }) {
  const again = anchor.getAttribute("aria-expanded") === "true";
  closeOpen();
  if (again) return;
  const search = look || (searchable && rows.length >= LONG) ? el("input.text.search", { type: "text", placeholder: "Search", "aria-label": `Search ${label}`, role: "combobox", "aria-expanded": "true", "aria-controls": "dropdown-list", autocomplete: "off" }) : null;
  const list = el("div.options", { id: "dropdown-list", role: "listbox", tabindex: "-1", "aria-label": label, "aria-multiselectable": several ? "true" : undefined });
  const box = el("div.dropdown", { "data-testid": "dropdown" }, search, list);
  let at = 0;
  let found = rows;

  const matching = () => {
    const wanted = (search?.value || "").trim().toLowerCase();
    return look ? found : rows.filter((r) => `${r.label} ${r.hint || ""} ${r.group || ""}`.toLowerCase().includes(wanted));
  };
  const nothing = () => (look && (search.value.trim().length < look.least) ? `Type ${look.least} or more letters` : "Nothing found");
  const draw = () => {
    const shown = matching();
    at = Math.max(0, Math.min(at, shown.length - 1));
    list.replaceChildren();
    let group = "";
    shown.forEach((row, i) => {
      if (row.group && row.group !== group) list.append(el("div.group", { role: "presentation" }, (group = row.group)));
      const on = chosen().includes(row.value);
      const option = el("div.option", { role: "option", id: `option-${i}`, "aria-selected": on ? "true" : "false", "data-testid": `option-${row.value}`, class: i === at ? "at" : "" },
        chosen().length || several ? el("span.tick", {}, on ? icon("check") : null) : null, el("span", {}, row.label, row.hint ? el("span.description", {}, row.hint) : null));
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => take(row));
      option.addEventListener("mousemove", () => { if (at !== i) { at = i; mark(); } });
      list.append(option);
    });
    if (!shown.length) list.append(el("div.group", { role: "status" }, nothing()));
  };
  const mark = () => {
    list.querySelectorAll(".option").forEach((node, i) => node.classList.toggle("at", i === at));
    const here = list.querySelector(".at");
    here?.scrollIntoView({ block: "nearest" });
    if (here) (search || list).setAttribute("aria-activedescendant", here.id);
    else (search || list).removeAttribute("aria-activedescendant");
  };
  const close = (refocus = true) => {
    box.remove();
    clearTimeout(asking);
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
    pick(row.value, row);
    if (several) { draw(); mark(); }
  };
  let asking = 0;
  const ask = async () => {
    const query = search.value;
    const answer = query.trim().length < look.least ? [] : await look.find(query);
    if (query !== search.value || !box.isConnected) return;
    found = answer;
    draw();
    mark();
  };
  box.addEventListener("keydown", (event) => {
    const shown = list.querySelectorAll(".option").length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : shown - 1)) % Math.max(1, shown);
      mark();
    } else if ((event.key === "Home" || event.key === "End") && !search) {
      event.preventDefault();
      at = event.key === "Home" ? 0 : shown - 1;
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
  search?.addEventListener("input", () => {
    at = 0;
    if (look) {
      clearTimeout(asking);
      asking = setTimeout(ask, PAUSE);
      return;
    }
    draw();
    mark();
  });

  document.getElementById("layer").append(box);
  anchor.setAttribute("aria-expanded", "true");
  at = Math.max(0, rows.findIndex((r) => chosen().includes(r.value)));
  draw();
  settle(box, anchor, rows.some((row) => row.label.length > 26));
  document.addEventListener("mousedown", outside, true);
  window.addEventListener("resize", away);
  closeOpen = () => close(false);
  (search || list).focus();
  mark();
  if (look && look.least === 0) ask();
}

function settle(box, anchor, wordy) {
  const spot = anchor.getBoundingClientRect();
  const width = Math.min(innerWidth - 16, Math.max(spot.width, wordy ? 360 : 240));
  const below = innerHeight - spot.bottom - 12;
  const up = below < 220 && spot.top > below;
  box.style.width = `${width}px`;
  box.style.left = `${Math.max(8, Math.min(spot.left, innerWidth - width - 8))}px`;
  box.style.maxHeight = `${Math.min(320, up ? spot.top - 12 : below)}px`;
  box.style[up ? "bottom" : "top"] = `${up ? innerHeight - spot.top + 4 : spot.bottom + 4}px`;
}
