// Who somebody is: their role, their standing here, and what time it is where they are.
import { avatar, el } from "./dom.js";
import { popover } from "./popover.js";
import { who } from "./store.js";
import { timeIn } from "./when.js";

export function openProfile(anchor, id) {
  const window_ = popover(anchor, "Profile", { width: 300, testid: "profile" });
  if (!window_) return;
  const person = who(id);
  const standing = person.bot ? "An app of this workspace" : person.deleted ? "Deactivated: can no longer do anything here"
    : person.stranger ? "Belongs to another organisation, here in shared channels only"
      : person.single ? "Guest, in one channel only" : person.guest ? "Guest, in some channels only" : "Member of this workspace";
  window_.show(
    el("div.profile-head", {}, avatar(person), el("div", {}, el("h2", {}, person.name), el("p.soft", {}, person.title))),
    el("p", {}, standing),
    person.bot ? null : el("p.soft", {}, person.tz ? `${timeIn(person.tz)} local time (${person.tz.replace("_", " ")})` : "Time zone unknown"));
}
