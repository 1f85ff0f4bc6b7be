// Blocks of a message, a modal or the Home tab. `host` says how to read values and what to do on a press or a choice.
import { control } from "./controls.js";
import { el } from "./dom.js";
import { markdown } from "./markdown.js";
import { text } from "./mrkdwn.js";
import { richText } from "./richtext.js";

const LONG = 700;

// Only pictures that were uploaded here are shown; for those from elsewhere their description stands in.
function ownPath(image) {
  if (image.slack_file?.id) return `/files/${encodeURIComponent(image.slack_file.id)}`;
  const address = image.slack_file?.url || image.image_url || "";
  return URL.canParse(address) && new URL(address).origin === location.origin ? new URL(address).pathname : "";
}

function picture(image, small) {
  const path = ownPath(image);
  const described = () => el(small ? "span.picture.small" : "span.picture", { role: "img", "aria-label": image.alt_text, title: image.image_url }, small ? "▦" : image.alt_text);
  if (!path) return described();
  const shown = el(small ? "img.own.small" : "img.own", { src: path, alt: image.alt_text });
  shown.addEventListener("error", () => shown.replaceWith(described()));
  return shown;
}

function input(block, host) {
  const id = `${host.key}-${block.block_id}`;
  const grouped = ["checkboxes", "radio_buttons"].includes(block.element.type);
  const label = el(grouped ? "legend" : "label", grouped ? {} : { for: id }, text(block.label), block.optional ? el("span.optional", {}, " (optional)") : null);
  const hint = block.hint ? el("p.hint", { id: `${id}-hint` }, text(block.hint)) : null;
  const problem = el("p.problem", { id: `${id}-problem`, role: "alert", hidden: true, "data-testid": `error-${block.block_id}` });
  const node = control(block, block.element, host, { id, describedBy: `${hint ? `${id}-hint ` : ""}${id}-problem` });
  return el(grouped ? "fieldset.field" : "div.field", { "data-testid": `field-${block.block_id}`, "data-block": block.block_id }, label, node, hint, problem);
}

// Long text is folded, as in Slack, unless the block says otherwise.
function folded(body, block) {
  if ((block.text?.text.length || 0) <= LONG || block.expand) return body;
  const more = el("button.linklike", { type: "button", "aria-expanded": "false" }, "Show more");
  body.classList.add("folded");
  more.addEventListener("click", () => {
    const open = body.classList.toggle("folded");
    more.textContent = open ? "Show more" : "Show less";
    more.setAttribute("aria-expanded", String(!open));
  });
  return el("div.section-body", {}, body, more);
}

function table(block) {
  const aligned = (i) => ["", "center", "right"].indexOf(block.column_settings?.[i]?.align) > 0 ? block.column_settings[i].align : "";
  const cell = (tag) => (part, i) => el(`${tag}${aligned(i) ? `.${aligned(i)}` : ""}`, tag === "th" ? { scope: "col" } : {}, part.type === "rich_text" ? richText(part) : part.text);
  const [head, ...rows] = block.rows;
  return el("div.table", { tabindex: "0", role: "region", "aria-label": "Table" }, el("table", {},
    el("thead", {}, el("tr", {}, head.map(cell("th")))), el("tbody", {}, rows.map((row) => el("tr", {}, row.map(cell("td")))))));
}

const BLOCKS = {
  section(block, host) {
    const body = el("div.section-body", {}, block.text ? text(block.text) : null,
      block.fields ? el("div.fields", {}, block.fields.map((part) => el("div", {}, text(part)))) : null);
    const extra = block.accessory;
    const node = !extra ? null : extra.type === "image" ? picture(extra, true) : control(block, extra, host, {});
    return el("div.section", {}, folded(body, block), node ? el("div.accessory", {}, node) : null);
  },
  header: (block) => el("h2.header", {}, text(block.text)),
  context: (block) => el("div.context", {}, block.elements.map((part) => (part.type === "image" ? picture(part, true) : text(part)))),
  actions: (block, host) => el("div.actions", {}, block.elements.map((part) => control(block, part, host, {}))),
  divider: () => el("hr"),
  input,
  image: (block) => el("figure", {}, block.title ? el("figcaption", {}, text(block.title)) : null, picture(block)),
  rich_text: richText,
  markdown: (block) => markdown(block.text),
  table,
};

const unknown = (block) => el("p.unknown", {}, `A block of type ${block.type} is not shown here`);

export function blocks(list, host) {
  return el("div.blocks", {}, list.map((block) => el("div.block", { "data-kind": block.type, "data-block-id": block.block_id }, (BLOCKS[block.type] || unknown)(block, host))));
}
