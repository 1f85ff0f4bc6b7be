// Files below a message: pictures are shown, everything else can be fetched.
import { el, icon } from "./dom.js";

export function size(bytes) {
  return bytes < 1000 ? `${bytes} bytes` : bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

const path = (file) => new URL(file.url_private).pathname;

function shown(file) {
  const name = file.title || file.name;
  const picture = el("img", { src: path(file), alt: file.alt_txt || name, loading: "lazy" });
  const node = el("figure.shared", {}, el("figcaption", {}, name), el("a", { href: path(file), target: "_blank", rel: "noopener", "aria-label": `Open ${name}` }, picture));
  picture.addEventListener("error", () => node.replaceWith(card(file)));
  return node;
}

function card(file) {
  return el("a.file", { href: path(file), download: file.name }, icon("file"),
    el("span", {}, el("strong", {}, file.title || file.name), el("small", {}, `${file.filetype.toUpperCase()} · ${size(file.size)}`)));
}

export const files = (list = []) => list.map((file) => (/^image\//.test(file.mimetype) ? shown(file) : card(file)));

export function content(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] || "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
