// Blocks of a message, a modal or the Home tab. `host` says how to read values and what to do on a press or a choice.
import { control } from "./controls.js";
import { el } from "./dom.js";
import { text } from "./mrkdwn.js";
import { richText } from "./richtext.js";

// Pictures are never fetched from elsewhere: their description stands in for them.
function picture(image, small) {
  return el(small ? "span.picture.small" : "span.picture", { role: "img", "aria-label": image.alt_text, title: image.image_url }, small ? "▦" : image.alt_text);
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

const BLOCKS = {
  section(block, host) {
    const body = el("div.section-body", {}, block.text ? text(block.text) : null,
      block.fields ? el("div.fields", {}, block.fields.map((part) => el("div", {}, text(part)))) : null);
    const extra = block.accessory;
    const node = !extra ? null : extra.type === "image" ? picture(extra, true) : control(block, extra, host, {});
    return el("div.section", {}, body, node ? el("div.accessory", {}, node) : null);
  },
  header: (block) => el("h3.header", {}, text(block.text)),
  context: (block) => el("div.context", {}, block.elements.map((part) => (part.type === "image" ? picture(part, true) : text(part)))),
  actions: (block, host) => el("div.actions", {}, block.elements.map((part) => control(block, part, host, {}))),
  divider: () => el("hr"),
  input,
  image: (block) => el("figure", {}, block.title ? el("figcaption", {}, text(block.title)) : null, picture(block)),
  rich_text: richText,
};

export function blocks(list, host) {
  return el("div.blocks", {}, list.map((block) => el("div.block", { "data-kind": block.type, "data-block-id": block.block_id }, BLOCKS[block.type](block, host))));
}
