// Menus that choose one or several: of fixed options, people, conversations, or what the app finds for some letters.
import { confirmed } from "./confirm.js";
import { dropdown } from "./dropdown.js";
import { el, icon } from "./dom.js";
import { channel, store, who } from "./store.js";
import { SEVERAL } from "./values.js";

const external = (element) => /external_select$/.test(element.type);
const keyOf = (value) => (typeof value === "object" ? value.value : value);
const row = (group) => (o) => ({ value: o.value, label: o.text.text, hint: o.description?.text, group, option: o });

const KIND_OF = { public: "channel", private: "group", im: "im" };

function places(element) {
  const kinds = element.filter?.include?.map((name) => KIND_OF[name]);
  const listed = (c) => (/channels_select$/.test(element.type) ? c.kind === "channel" : kinds ? kinds.includes(c.kind) : true);
  return store.state.channels.filter((c) => c.member && !c.archived && listed(c))
    .map((c) => ({ value: c.id, label: c.kind === "im" ? store.state.bot.name : `#${c.name}` }));
}

function place(id) {
  const found = channel(id);
  return found ? (found.kind === "im" ? store.state.bot.name : `#${found.name}`) : id;
}

function offered(element) {
  if (/users_select$/.test(element.type)) {
    return store.state.people.filter((p) => !p.deleted).map((p) => ({ value: p.id, label: p.name, hint: p.title }));
  }
  if (/(conversations|channels)_select$/.test(element.type)) return places(element);
  if (element.option_groups) return element.option_groups.flatMap((g) => g.options.map(row(g.label.text)));
  return (element.options || []).map(row(""));
}

export function menu(block, element, host, { id, describedBy }) {
  const several = SEVERAL.includes(element.type);
  const rows = offered(element);
  let values = [].concat(host.value(block, element) ?? []);
  const words = el("span.words");
  const label = element.placeholder?.text || (several ? "Choose" : "Choose one");
  const node = el("button.menu", { type: "button", id, "aria-haspopup": "listbox", "aria-expanded": "false", "aria-describedby": describedBy, "data-testid": `action-${element.action_id}` }, words, icon("down"));
  const nameOf = (value) => value.text?.text || rows.find((r) => r.value === value)?.label || (/users_select$/.test(element.type) ? who(value).name : place(value));
  const show = () => {
    const names = values.map(nameOf);
    words.replaceChildren(...(names.length ? (several ? names.map((n) => el("span.chip", {}, n)) : [names[0]]) : [el("span.placeholder", {}, label)]));
    node.dataset.value = values.map(keyOf).join(",");
  };
  const pick = async (chosen, picked) => {
    if (element.confirm && !(await confirmed(element.confirm))) return;
    const value = external(element) ? picked.option : chosen;
    if (!several) values = [value];
    else if (values.some((v) => keyOf(v) === chosen)) values = values.filter((v) => keyOf(v) !== chosen);
    else if (values.length < (element.max_selected_items || 100)) values = [...values, value];
    show();
    node.setAttribute("aria-busy", "true");
    try { await host.choose(block, element, several ? values : value); } finally { node.removeAttribute("aria-busy"); }
  };
  const least = element.min_query_length ?? 3;
  const look = external(element) ? { least, find: async (query) => (await host.look(block, element, query)).map(row("")) } : null;
  node.addEventListener("click", () => dropdown(node, rows, { chosen: () => values.map(keyOf), several, pick, label, look }));
  show();
  return node;
}

export function overflow(block, element, host, picture) {
  const rows = element.options.map(row(""));
  const node = el("button.button.overflow", { type: "button", "aria-label": "More", "aria-haspopup": "listbox", "aria-expanded": "false", "data-testid": `action-${element.action_id}` }, picture);
  const pick = async (value, picked) => {
    if (element.confirm && !(await confirmed(element.confirm))) return;
    if (/^https?:/i.test(picked.option.url || "")) window.open(picked.option.url, "_blank", "noopener");
    await host.choose(block, element, value);
  };
  node.addEventListener("click", () => dropdown(node, rows, { chosen: () => [], pick, label: "More" }));
  return node;
}
