// Where one types: messages with mentions and files, and slash commands.
import { act } from "./api.js";
import { el, icon, iconButton, toast } from "./dom.js";
import { store } from "./store.js";

const MOST_BYTES = 20e6;
const drafts = new Map();

function fileContent(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] || "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

export function composer({ channel, thread_ts, label, testid }) {
  const key = `${store.me} ${channel} ${thread_ts || ""}`;
  const box = el("textarea", { rows: 1, placeholder: label, "aria-label": label, "data-testid": testid, value: drafts.get(key) || "" });
  const chosen = el("div.attached");
  const picker = el("input", { type: "file", multiple: true, hidden: true, "data-testid": `${testid}-file` });
  const send = iconButton("send", "Send", () => form.requestSubmit(), { class: "send", "data-testid": `${testid}-send` });
  const hints = el("div.hints", { role: "listbox", "aria-label": "Suggestions", hidden: true });
  let attached = [];
  let at = 0;

  const form = el("form.composer", {}, hints, box, chosen,
    el("div.row", {}, iconButton("clip", "Attach a file", () => picker.click()), picker,
      el("span.tip", {}, thread_ts ? "" : "Enter sends, Shift+Enter starts a new line"), send));

  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
    send.disabled = !box.value.trim() && !attached.length;
    drafts.set(key, box.value);
  };
  const showFiles = () => {
    chosen.replaceChildren(...attached.map((file, i) => el("span.chip", {}, icon("file"), file.name,
      iconButton("close", `Remove ${file.name}`, () => { attached.splice(i, 1); showFiles(); }))));
    grow();
  };

  function suggestions() {
    const before = box.value.slice(0, box.selectionStart);
    if (/^\/\S*$/.test(before) && !thread_ts) {
      return store.state.commands.filter((c) => c.command.startsWith(before))
        .map((c) => ({ label: `${c.command} ${c.hint ? `[${c.hint}]` : ""}`, hint: c.description, from: 0, insert: `${c.command} ` }));
    }
    const found = /(?:^|\s)@([\w ]{0,24})$/.exec(before);
    if (!found) return [];
    const wanted = found[1].toLowerCase();
    const people = [{ id: store.state.bot.id, name: store.state.bot.name, title: "App" }, ...store.state.people.filter((p) => !p.deleted)];
    return people.filter((p) => p.name.toLowerCase().includes(wanted) && p.name.toLowerCase() !== wanted.trim()).slice(0, 6)
      .map((p) => ({ label: p.name, hint: p.title, from: before.length - found[1].length - 1, insert: `@${p.name} ` }));
  }
  let offered = [];
  function suggest() {
    offered = suggestions();
    at = 0;
    hints.hidden = !offered.length;
    drawHints();
  }
  function drawHints() {
    hints.replaceChildren(...offered.map((hint, i) => el("div.option", { role: "option", "aria-selected": i === at ? "true" : "false", class: i === at ? "at" : "",
      onmousedown: (event) => { event.preventDefault(); take(hint); } }, el("span", {}, hint.label), hint.hint ? el("span.description", {}, hint.hint) : null)));
  }
  function take(hint) {
    const end = box.selectionStart;
    box.value = box.value.slice(0, hint.from) + hint.insert + box.value.slice(end);
    box.selectionStart = box.selectionEnd = hint.from + hint.insert.length;
    hints.hidden = true;
    offered = [];
    grow();
    box.focus();
  }

  box.addEventListener("input", () => { grow(); suggest(); });
  box.addEventListener("blur", () => { hints.hidden = true; });
  box.addEventListener("keydown", (event) => {
    const open = !hints.hidden && offered.length;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : offered.length - 1)) % offered.length;
      drawHints();
    } else if (open && (event.key === "Tab" || (event.key === "Enter" && !offered[at].insert.startsWith(`${box.value} `)))) {
      event.preventDefault();
      take(offered[at]);
    } else if (open && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      hints.hidden = true;
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  picker.addEventListener("change", () => {
    attached.push(...picker.files);
    picker.value = "";
    showFiles();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [text, sending] = [box.value.trim(), attached];
    if (!text && !sending.length) return;
    if (sending.reduce((sum, file) => sum + file.size, 0) > MOST_BYTES) return toast("Files of more than 20 MB are too big for the local workspace.");
    const command = /^(\/\S+)\s*([\s\S]*)$/.exec(text);
    if (command && thread_ts) return toast("Slash commands do not work in threads.");
    box.value = "";
    attached = [];
    showFiles();
    const files = await Promise.all(sending.map(async (file) => ({ name: file.name, content: await fileContent(file) })));
    const answer = command && !files.length
      ? await act("command", { name: command[1], text: command[2], channel })
      : await act("say", { channel, text, thread_ts: thread_ts || null, files });
    if (answer.failed && !box.value) { box.value = text; grow(); }
  });
  queueMicrotask(grow);
  return { node: form, focus: () => box.focus() };
}
