// The App Home tab.
import { read } from "./api.js";
import { blocks } from "./blocks.js";
import { el, keepFocus } from "./dom.js";
import { hostFor } from "./modal.js";
import { store } from "./store.js";
import { valuesOf } from "./values.js";

export function homeTab() {
  const node = el("div.home", { "data-testid": "home", tabindex: "0" });
  let shown = "";
  async function refresh() {
    const { home } = await read("home");
    if (!home) return node.replaceChildren(el("p.nothing", {}, `${store.state.bot.name} has not published anything here yet.`));
    const print = JSON.stringify([home.id, home.blocks]);
    if (print === shown) return;
    shown = print;
    const values = valuesOf(home);
    const scrolled = node.scrollTop;
    keepFocus(() => node, () => node.replaceChildren(el("div.home-inner", {}, blocks(home.blocks, hostFor("home", home, values)))));
    node.scrollTop = scrolled;
  }
  return { node, refresh };
}
