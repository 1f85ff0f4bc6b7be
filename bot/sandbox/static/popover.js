// A small window beside a button: keeps Tab inside, closes with Escape or a press elsewhere, gives the focus back.
import { el, focusable, trap } from "./dom.js";

let closeOpen = null;

export function closePopover() { closeOpen?.(false); }

export function popover(anchor, label, { width = 340, testid, onclose } = {}) {
  const again = anchor.getAttribute("aria-expanded") === "true";
  closePopover();
  if (again) return null;
  const box = el("div.popover", { role: "dialog", "aria-label": label, tabindex: "-1", "data-testid": testid });
  const close = (refocus = true) => {
    box.remove();
    document.removeEventListener("mousedown", outside, true);
    window.removeEventListener("resize", away);
    anchor.setAttribute("aria-expanded", "false");
    closeOpen = null;
    onclose?.();
    if (refocus && anchor.isConnected) anchor.focus();
  };
  const away = () => close(false);
  const outside = (event) => { if (!box.contains(event.target) && !anchor.contains(event.target)) close(false); };
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  trap(box);
  document.getElementById("layer").append(box);
  document.addEventListener("mousedown", outside, true);
  window.addEventListener("resize", away);
  anchor.setAttribute("aria-expanded", "true");
  closeOpen = close;

  function settle() {
    const spot = anchor.getBoundingClientRect();
    const wide = Math.min(width, innerWidth - 16);
    const below = innerHeight - spot.bottom - 12;
    const up = below < Math.min(box.scrollHeight, 260) && spot.top > below;
    box.style.width = `${wide}px`;
    const start = spot.left + wide <= innerWidth - 8 ? spot.left : spot.right - wide;
    box.style.left = `${Math.max(8, Math.min(start, innerWidth - wide - 8))}px`;
    box.style.maxHeight = `${up ? spot.top - 12 : below}px`;
    box.style.top = up ? "" : `${spot.bottom + 6}px`;
    box.style.bottom = up ? `${innerHeight - spot.top + 6}px` : "";
  }
  return {
    box,
    close,
    show(...children) {
      box.replaceChildren(...children.filter(Boolean));
      settle();
      if (!box.contains(document.activeElement) || document.activeElement === box) (focusable(box)[0] || box).focus();
    },
  };
}
