// Times as the acting person reads them.
import { store, zone } from "./store.js";

const format = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone(), ...options });
const dayKey = (date) => format({ year: "numeric", month: "2-digit", day: "2-digit" }).format(date);

export const date = (ts) => new Date(Number(ts) * 1000);
export const clock = (ts) => format({ hour: "2-digit", minute: "2-digit" }).format(date(ts));
export const exact = (ts) => format({ hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(date(ts));
export const full = (ts) => format({ dateStyle: "full", timeStyle: "short" }).format(date(ts));
export const sameDay = (a, b) => dayKey(date(a)) === dayKey(date(b));

// The workspace's moment, which may have been moved ahead of this computer's.
export const now = () => Date.now() / 1000 + store.ahead;
export const moment = (ts) => format({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(date(ts));
export const day = (ts) => format({ weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }).format(date(ts));

export function span(seconds) {
  const [minutes, hours, days] = [seconds / 60, seconds / 3600, seconds / 86400];
  const say = (number, unit) => `${number} ${unit}${number === 1 ? "" : "s"}`;
  if (days >= 2) return say(Math.round(days), "day");
  if (hours >= 1) return say(Math.round(hours), "hour");
  return say(Math.max(1, Math.round(minutes)), "minute");
}

function near(day) {
  const shift = (days) => dayKey(new Date((now() + days * 86400) * 1000));
  const key = dayKey(day);
  return key === shift(0) ? "Today" : key === shift(-1) ? "Yesterday" : key === shift(1) ? "Tomorrow" : "";
}

export function dayName(ts) {
  return near(date(ts)) || format({ weekday: "long", day: "numeric", month: "long" }).format(date(ts));
}

export function ago(ts) {
  const seconds = now() - Number(ts);
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  for (const [unit, size] of [["day", 86400], ["hour", 3600], ["minute", 60]]) {
    if (Math.abs(seconds) >= size) return relative.format(-Math.round(seconds / size), unit);
  }
  return "just now";
}

// Between Unix seconds and what a field for local times holds, by the clock on the acting person's wall.
export const toLocal = (ts) => new Intl.DateTimeFormat("sv-SE", { timeZone: zone(), year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }).format(date(ts)).replace(" ", "T");

export function toSeconds(local) {
  const wanted = Date.parse(`${local}Z`) / 1000;
  let guess = wanted;
  for (let i = 0; i < 2; i += 1) guess += wanted - Date.parse(`${toLocal(guess)}Z`) / 1000;
  return Math.round(guess);
}

export const timeIn = (timeZone) => new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit" }).format(date(now()));

// Slack's <!date^…> formats.
export function slackDate(seconds, pattern) {
  const day = new Date(Number(seconds) * 1000);
  const pretty = (options, lower) => {
    const word = near(day);
    return word ? (lower ? word.toLowerCase() : word) : format(options).format(day);
  };
  const numeric = { year: "numeric", month: "2-digit", day: "2-digit" };
  const long = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  const middle = { day: "numeric", month: "long", year: "numeric" };
  const short = { day: "numeric", month: "short", year: "numeric" };
  const tokens = {
    date_num: () => new Intl.DateTimeFormat("sv-SE", { timeZone: zone(), ...numeric }).format(day),
    date_slash: () => format(numeric).format(day),
    date_long: () => format(long).format(day),
    date_long_full: () => format(long).format(day),
    date_long_pretty: () => pretty(long, true),
    date: () => format(middle).format(day),
    date_pretty: () => pretty(middle, true),
    date_short: () => format(short).format(day),
    date_short_pretty: () => pretty(short, true),
    day_divider_pretty: () => pretty({ weekday: "long", day: "numeric", month: "long" }),
    time: () => clock(seconds),
    time_secs: () => format({ hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(day),
    ago: () => ago(seconds),
  };
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => (tokens[name] ? tokens[name]() : whole));
}
