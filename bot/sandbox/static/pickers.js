// Dates, times and files.
import { act } from "./api.js";
import { confirmed } from "./confirm.js";
import { el, icon, iconButton, toast } from "./dom.js";
import { content, size } from "./files.js";
import { toLocal, toSeconds } from "./when.js";

const KINDS = {
  datepicker: { type: "date", label: "Pick a date" },
  timepicker: { type: "time", label: "Pick a time" },
  datetimepicker: { type: "datetime-local", label: "Pick a date and a time" },
};

export function picker(block, element, host, { id, describedBy }) {
  const moment = element.type === "datetimepicker";
  const value = host.value(block, element);
  const node = el("input.text.picker", {
    id,
    "aria-describedby": describedBy,
    type: KINDS[element.type].type,
    value: (moment && value ? toLocal(value) : value) ?? "",
    "aria-label": id ? undefined : element.placeholder?.text || KINDS[element.type].label,
    "data-testid": `action-${element.action_id}`,
  });
  let kept = node.value;
  node.addEventListener("change", async () => {
    if (element.confirm && !(await confirmed(element.confirm))) { node.value = kept; return; }
    kept = node.value;
    host.choose(block, element, node.value ? (moment ? toSeconds(node.value) : node.value) : null);
  });
  return element.timezone ? el("span.zoned", {}, node, el("span.soft", {}, element.timezone.replace("_", " "))) : node;
}

export function fileInput(block, element, host, { id, describedBy }) {
  const most = element.max_files || 10;
  let files = [...(host.value(block, element) || [])];
  const types = (element.filetypes || []).map((type) => `.${type}`).join(",");
  const picker_ = el("input", { type: "file", hidden: true, multiple: most > 1, accept: types || undefined, "data-testid": `action-${element.action_id}-file` });
  const add = el("button.button", { type: "button", id, "aria-describedby": describedBy, "data-testid": `action-${element.action_id}`, onclick: () => picker_.click() }, icon("clip"), most > 1 ? "Choose files" : "Choose a file");
  const list = el("div.chosen-files");
  const show = () => {
    list.replaceChildren(...files.map((file, i) => el("span.chip", {}, icon("file"), `${file.name} (${size(file.size)})`,
      iconButton("close", `Remove ${file.name}`, () => keep(files.filter((_, n) => n !== i))))));
    add.disabled = files.length >= most;
  };
  const keep = (next) => {
    files = next;
    show();
    host.choose(block, element, files);
  };
  picker_.addEventListener("change", async () => {
    const chosen = [...picker_.files].slice(0, most - files.length);
    if (chosen.length < picker_.files.length) toast(`Only ${most} ${most === 1 ? "file fits" : "files fit"} here.`);
    picker_.value = "";
    add.setAttribute("aria-busy", "true");
    for (const file of chosen) {
      const answer = await act("upload", { name: file.name, content: await content(file) });
      if (!answer.failed) keep([...files, answer.result]);
    }
    add.removeAttribute("aria-busy");
  });
  show();
  return el("div.file-input", {}, list, add, picker_);
}
