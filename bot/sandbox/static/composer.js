// Where one types: messages with mentions and files, and slash commands.
import { act } from "./api.js";
import { el, icon, iconButton, toast } from "./dom.js";
import { content } from "./files.js";
import { store } from "./store.js";
import { suggestionList } from "./suggestions.js";

const MOST_BYTES = 20e6;
const drafts = new Map();

export function composer({ channel, thread_ts, label, testid, alsoIn }) {
  const key = `${store.me} ${channel} ${thread_ts || ""}`;
  const box = el("textarea", { rows: 1, placeholder: label, "aria-label": label, "data-testid": testid, value: drafts.get(key) || "" });
  const chosen = el("div.attached");
  const picker = el("input", { type: "file", multiple: true, hidden: true, "data-testid": `${testid}-file` });
  const send = iconButton("send", "Send", () => form.requestSubmit(), { class: "send", "data-testid": `${testid}-send` });
  const also = thread_ts ? el("input", { type: "checkbox", "data-testid": `${testid}-also` }) : null;
  let attached = [];

  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
    send.disabled = !box.value.trim() && !attached.length;
    drafts.set(key, box.value);
  };
  const hints = suggestionList(box, { inThread: Boolean(thread_ts), changed: grow });
  const form = el("form.composer", {}, hints.node, box, chosen,
    el("div.row", {}, iconButton("clip", "Attach a file", () => picker.click()), picker,
      also ? el("label.also", {}, also, `Also ${alsoIn}`) : el("span.tip", {}, "Enter sends, Shift+Enter starts a new line, / for commands"), send));

  const attach = (files) => {
    attached.push(...files);
    showFiles();
  };
  const showFiles = () => {
    chosen.replaceChildren(...attached.map((file, i) => el("span.chip", {}, icon("file"), file.name,
      iconButton("close", `Remove ${file.name}`, () => { attached.splice(i, 1); showFiles(); }))));
    grow();
  };

  async function submit() {
    const [text, sending] = [box.value.trim(), attached];
    if (!text && !sending.length) return undefined;
    if (sending.reduce((sum, file) => sum + file.size, 0) > MOST_BYTES) return toast("Files of more than 20 MB are too big for the local workspace.");
    const command = /^(\/\S+)\s*([\s\S]*)$/.exec(text);
    if (command && thread_ts) return toast("Slash commands do not work in threads.");
    const also_in_channel = Boolean(also?.checked);
    box.value = "";
    attached = [];
    if (also) also.checked = false;
    showFiles();
    const files = await Promise.all(sending.map(async (file) => ({ name: file.name, content: await content(file) })));
    const answer = command && !files.length
      ? await act("command", { name: command[1], text: command[2], channel })
      : await act("say", { channel, text, thread_ts: thread_ts || null, files, also_in_channel });
    if (answer.failed && !box.value) { box.value = text; attach(sending); }
    return undefined;
  }

  box.addEventListener("input", grow);
  box.addEventListener("keydown", (event) => {
    if (hints.key(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  box.addEventListener("paste", (event) => { if (event.clipboardData.files.length) { event.preventDefault(); attach(event.clipboardData.files); } });
  picker.addEventListener("change", () => {
    attach(picker.files);
    picker.value = "";
    box.focus();
  });
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => { event.preventDefault(); form.classList.remove("over"); attach(event.dataTransfer.files); });
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  queueMicrotask(grow);
  return { node: form, focus: () => box.focus() };
}
