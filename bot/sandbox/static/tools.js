// What one can do with a message: react, reply, shortcuts, copy its link, edit, delete.
import { act } from "./api.js";
import { confirmed } from "./confirm.js";
import { el, iconButton, toast } from "./dom.js";
import { dropdown } from "./dropdown.js";
import { openPicker } from "./reactions.js";
import { channel, store } from "./store.js";

const plain = (text) => ({ type: "plain_text", text });

async function remove(message) {
  const sure = await confirmed({ title: plain("Delete message"), text: plain("Delete this message? This cannot be undone."), confirm: plain("Delete"), deny: plain("Cancel"), style: "danger" });
  if (sure) await act("delete", { channel: message.channel, ts: message.ts });
}

async function copyLink(message) {
  const thread = message.thread_ts && message.thread_ts !== message.ts ? `&t=${message.thread_ts}` : "";
  try {
    await navigator.clipboard.writeText(`${location.origin}/#c=${message.channel}&m=${message.ts}${thread}`);
    toast("The link was copied.", "note");
  } catch {
    toast("This browser does not let the page copy.");
  }
}

function editor(message, body) {
  const box = el("textarea.text", { rows: 2, value: message.typed, "aria-label": "Edit message", "data-testid": "edit-box" });
  const stop = () => form.replaceWith(body);
  const form = el("form.editing", {}, box, el("div.row", {}, el("button.button.tiny", { type: "button", onclick: stop }, "Cancel"), el("button.button.primary.tiny", { type: "submit" }, "Save")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (box.value.trim() && box.value !== message.typed) await act("edit", { channel: message.channel, ts: message.ts, text: box.value });
    stop();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); stop(); }
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); }
  });
  body.replaceWith(form);
  box.focus();
}

function more(message, body) {
  const shortcuts = message.stranger ? [] : store.state.shortcuts.filter((s) => s.type === "message");
  const deeds = {
    "copy link": () => copyLink(message),
    edit: () => editor(message, body),
    delete: () => remove(message),
  };
  const rows = [
    ...shortcuts.map((s) => ({ value: `shortcut ${s.callback_id}`, label: s.name, hint: s.description, group: store.state.bot.name })),
    { value: "copy link", label: "Copy link", group: "Message" },
    ...(message.own ? [{ value: "edit", label: "Edit message", group: "Message" }, { value: "delete", label: "Delete message", group: "Message" }] : []),
  ];
  const pick = (value) => (deeds[value] || (() => act("shortcut", { callback_id: value.slice(9), channel: message.channel, ts: message.ts })))();
  return iconButton("more", "More actions", (event) => dropdown(event.currentTarget, rows, { chosen: () => [], pick, label: "More actions", searchable: false }), { "aria-haspopup": "listbox", "aria-expanded": "false", "data-testid": `more-${message.ts}` });
}

export function tools(message, body, openThread) {
  if (message.ephemeral) return null;
  const place = channel(message.channel);
  const smile = iconButton("smile", "Add a reaction", () => openPicker(smile, message), { "aria-haspopup": "dialog", "aria-expanded": "false", "data-testid": `react-${message.ts}` });
  return el("div.tools", { role: "group", "aria-label": "Message actions" }, place?.member && !place.archived ? smile : null,
    openThread ? iconButton("reply", "Reply in thread", () => openThread(message.thread_ts || message.ts), { "data-testid": `reply-${message.ts}` }) : null,
    more(message, body));
}
