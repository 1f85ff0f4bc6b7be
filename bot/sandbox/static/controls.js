// Interactive elements. Every choice is kept as a plain value: a string, a list of strings, or null.
import { confirmed } from "./confirm.js";
import { el, icon } from "./dom.js";
import { menu, overflow } from "./menu.js";
import { text, withEmoji } from "./mrkdwn.js";

const SEVERAL = ["multi_static_select", "multi_users_select", "checkboxes"];
const MENUS = ["static_select", "multi_static_select", "users_select", "multi_users_select", "conversations_select", "channels_select"];

// The plain value inside Slack's form of a value.
export function plain(state) {
  if (!state) return null;
  if ("selected_option" in state) return state.selected_option?.value ?? null;
  if ("selected_options" in state) return state.selected_options.map((o) => o.value);
  for (const key of ["selected_user", "selected_users", "selected_conversation", "selected_channel", "selected_date", "selected_time", "value"]) {
    if (key in state) return state[key] ?? null;
  }
  return null;
}

export function initial(element) {
  if (element.initial_option) return element.initial_option.value;
  if (element.initial_options) return element.initial_options.map((o) => o.value);
  for (const key of ["initial_users", "initial_user", "initial_conversation", "initial_channel", "initial_date", "initial_time", "initial_value"]) {
    if (element[key] !== undefined) return element[key];
  }
  return SEVERAL.includes(element.type) ? [] : null;
}

async function busy(node, work) {
  node.setAttribute("aria-busy", "true");
  try { await work(); } finally { node.removeAttribute("aria-busy"); }
}

function button(block, element, host) {
  const node = el(`button.button${element.style ? "." + element.style : ""}`, {
    type: "button",
    "aria-label": element.accessibility_label,
    "data-testid": `action-${element.action_id}`,
    "data-value": element.value,
  }, withEmoji(element.text.text));
  node.addEventListener("click", async () => {
    if (node.getAttribute("aria-busy")) return;
    if (element.confirm && !(await confirmed(element.confirm))) { node.focus(); return; }
    if (element.url && /^https?:/i.test(element.url)) window.open(element.url, "_blank", "noopener");
    await busy(node, () => host.press(block, element));
  });
  return node;
}

function choicesList(block, element, host, { id, describedBy }) {
  const radio = element.type === "radio_buttons";
  const name = `${host.key}-${block.block_id}-${element.action_id}`;
  const now = [].concat(host.value(block, element) ?? []);
  const node = el("div.choices", { "data-testid": `action-${element.action_id}`, id, "aria-describedby": describedBy });
  for (const option of element.options) {
    const box = el("input", { type: radio ? "radio" : "checkbox", name, value: option.value, checked: now.includes(option.value), "data-testid": `option-${option.value}` });
    box.addEventListener("change", async () => {
      const picked = [...node.querySelectorAll("input:checked")].map((b) => b.value);
      if (element.confirm && !(await confirmed(element.confirm))) { box.checked = !box.checked; return; }
      host.choose(block, element, radio ? picked[0] : picked);
    });
    const words = el("span", {}, text(option.text), option.description ? el("span.description", {}, text(option.description)) : null);
    node.append(el("label.choice", {}, box, words));
  }
  return node;
}

function typed(block, element, host, { id, describedBy }) {
  const many = element.type === "plain_text_input" && element.multiline;
  const kinds = { email_text_input: "email", url_text_input: "url" };
  const shape = element.type === "number_input" ? { inputmode: "decimal" } : {};
  const node = el(many ? "textarea.text" : "input.text", {
    id,
    "aria-describedby": describedBy,
    placeholder: element.placeholder?.text,
    value: host.value(block, element) ?? "",
    rows: many ? 4 : undefined,
    type: many ? undefined : kinds[element.type] || "text",
    maxlength: element.max_length,
    "data-testid": `action-${element.action_id}`,
    autocomplete: "off",
    ...shape,
  });
  const count = element.max_length ? el("span.count", { "aria-hidden": "true" }) : null;
  const tell = () => { if (count) count.textContent = String(element.max_length - node.value.length); };
  const when = element.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
  node.addEventListener("input", () => {
    tell();
    host.choose(block, element, node.value || null, { quiet: !(block.dispatch_action && when.includes("on_character_entered")) });
  });
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && block.dispatch_action && !many && when.includes("on_enter_pressed")) {
      event.preventDefault();
      host.choose(block, element, node.value || null);
    }
  });
  tell();
  return el("div.typed", {}, node, count);
}

function picker(block, element, host, { id, describedBy }) {
  const node = el("input.text.picker", {
    id,
    "aria-describedby": describedBy,
    type: element.type === "datepicker" ? "date" : "time",
    value: host.value(block, element) ?? "",
    "aria-label": id ? undefined : element.placeholder?.text || "Pick a date",
    "data-testid": `action-${element.action_id}`,
  });
  node.addEventListener("change", () => host.choose(block, element, node.value || null));
  return node;
}

export function control(block, element, host, ids) {
  if (element.type === "button") return button(block, element, host);
  if (element.type === "overflow") return overflow(block, element, host, icon("more"));
  if (MENUS.includes(element.type)) return menu(block, element, host, { ...ids, several: SEVERAL.includes(element.type) });
  if (element.type === "checkboxes" || element.type === "radio_buttons") return choicesList(block, element, host, ids);
  if (element.type === "datepicker" || element.type === "timepicker") return picker(block, element, host, ids);
  return typed(block, element, host, ids);
}
