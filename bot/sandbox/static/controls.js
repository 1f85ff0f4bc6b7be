// Interactive elements.
import { confirmed } from "./confirm.js";
import { el, icon } from "./dom.js";
import { menu, overflow } from "./menu.js";
import { withEmoji } from "./emoji.js";
import { text } from "./mrkdwn.js";
import { fileInput, picker } from "./pickers.js";

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
  const node = el("div.choices", { role: radio ? "radiogroup" : "group", "aria-label": id ? undefined : "Choices", "data-testid": `action-${element.action_id}`, id, "aria-describedby": describedBy });
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
  const many = element.multiline || element.type === "rich_text_input";
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

const KINDS = {
  button,
  overflow: (block, element, host) => overflow(block, element, host, icon("more")),
  checkboxes: choicesList,
  radio_buttons: choicesList,
  datepicker: picker,
  timepicker: picker,
  datetimepicker: picker,
  file_input: fileInput,
};

export function control(block, element, host, ids) {
  if (KINDS[element.type]) return KINDS[element.type](block, element, host, ids);
  if (/_select$/.test(element.type)) return menu(block, element, host, ids);
  if (/_input$/.test(element.type)) return typed(block, element, host, ids);
  return el("span.unknown", {}, `${element.type} is not shown here`);
}
