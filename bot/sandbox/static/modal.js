// The modal in front: filling, errors, submitting, going back, and updates that keep what was typed.
import { act, read } from "./api.js";
import { blocks } from "./blocks.js";
import { initial, valuesOf } from "./values.js";
import { el, focusable, iconButton, keepFocus, trap } from "./dom.js";
import { closeMenus } from "./dropdown.js";

const ERRORS_FOR_ALL = "";
let open = null; // { view, values, scrim, form, back }

const kinds = (view) => {
  const found = new Map();
  for (const block of view.blocks) {
    for (const part of [block.accessory, block.element, ...(block.elements || [])]) {
      if (part?.action_id) found.set(`${block.block_id}\n${part.action_id}`, part.type);
    }
  }
  return found;
};

function startValues(view, before) {
  const values = valuesOf(view);
  if (before?.view.id !== view.id) return values;
  const [old, now] = [kinds(before.view), kinds(view)];
  for (const [block, actions] of Object.entries(before.values)) {
    for (const [action, value] of Object.entries(actions)) {
      const key = `${block}\n${action}`;
      if (now.has(key) && now.get(key) === old.get(key)) (values[block] ||= {})[action] = value;
    }
  }
  return values;
}

export function hostFor(where, view, values) {
  const save = () => act("fill", { view_id: view.id, values });
  return {
    key: view.id,
    value: (block, element) => values[block.block_id]?.[element.action_id] ?? initial(element),
    press: async (block, element) => {
      await save();
      await act("press", { where, action_id: element.action_id, block_id: block.block_id, value: element.value });
    },
    choose: async (block, element, value, { quiet = false } = {}) => {
      if (element.type !== "overflow") (values[block.block_id] ||= {})[element.action_id] = value;
      if (quiet || (block.type === "input" && !block.dispatch_action)) return;
      await save();
      await act("press", { where, action_id: element.action_id, block_id: block.block_id, values: [].concat(value ?? []) });
    },
    look: async (block, element, query) => (await act("look", { where, action_id: element.action_id, query })).result || [],
  };
}

export async function refreshModal() {
  const { view } = await read("view");
  if (!view) return close();
  if (open?.view.id === view.id && open.view.hash === view.hash) return showErrors(view.errors, JSON.stringify(view.errors) !== open.errors);
  draw(view);
}

function close() {
  if (!open) return;
  closeMenus();
  open.scrim.remove();
  if (open.back?.isConnected) open.back.focus();
  open = null;
}

export function forgetModal() { close(); }

async function leave(all) {
  if (open) await act("close", { all });
}

function showErrors(errors, focus = true) {
  open.errors = JSON.stringify(errors);
  const general = open.form.querySelector(".general-problem");
  general.textContent = errors[ERRORS_FOR_ALL] || "";
  general.hidden = !errors[ERRORS_FOR_ALL];
  let first = null;
  for (const field of open.form.querySelectorAll(".field")) {
    const problem = errors[field.dataset.block];
    const line = field.querySelector(".problem");
    line.hidden = !problem;
    line.textContent = problem || "";
    field.classList.toggle("wrong", Boolean(problem));
    const input = field.querySelector("input, textarea, button");
    if (problem) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
    if (problem && !first) first = input;
  }
  if (!focus || !first) return;
  first.focus();
  first.closest(".field").querySelector(".problem").scrollIntoView({ block: "nearest" });
}

async function submit(event) {
  event.preventDefault();
  const button = open.form.querySelector("[data-testid=modal-submit]");
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const { view, values } = open;
  const filled = await act("fill", { view_id: view.id, values });
  const answer = filled.failed ? filled : await act("submit");
  button.removeAttribute("aria-busy");
  if (answer.failed || !open) return;
  if (answer.result) showErrors(answer.result);
  else await refreshModal();
}

function draw(view) {
  const before = open;
  const values = startValues(view, before);
  const stay = before?.view.id === view.id;
  const scrolled = stay ? before.form.querySelector(".dialog-body").scrollTop : 0;
  closeMenus();
  const close_ = el("button.button", { type: "button", onclick: () => leave(false), "data-testid": "modal-close" }, view.close?.text || "Cancel");
  const send = view.submit ? el("button.button.primary", { type: "submit", "data-testid": "modal-submit" }, view.submit.text) : null;
  const form = el("form.dialog-form", { novalidate: true, onsubmit: submit },
    el("div.dialog-head", {},
      view.previous_view_id ? iconButton("back", "Back", () => leave(false)) : null,
      el("h2", { id: "modal-title" }, view.title.text),
      iconButton("close", "Close", () => leave(true), { "data-testid": "modal-x" })),
    el("div.dialog-body", {}, el("p.general-problem", { role: "alert", hidden: true }), blocks(view.blocks, hostFor("view", view, values))),
    el("div.dialog-foot", {}, close_, send));
  const dialog = el("div.dialog", { role: "dialog", "aria-modal": "true", "aria-labelledby": "modal-title", "data-testid": "modal", "data-view-id": view.id }, form);
  const scrim = el("div.scrim", {}, dialog);
  scrim.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) leave(false);
  });
  trap(dialog);
  const back = before ? before.back : document.activeElement;
  const kept = keepFocus(() => (stay ? open.scrim : scrim), () => {
    before?.scrim.remove();
    document.getElementById("layer").prepend(scrim);
    open = { view, values, scrim, form, back };
  });
  form.querySelector(".dialog-body").scrollTop = scrolled;
  showErrors(view.errors);
  if (kept || Object.keys(view.errors).length) return;
  const inputs = focusable(form.querySelector(".dialog-body"));
  (inputs.find((node) => node.matches("input, textarea, .menu")) || send || close_).focus();
}

