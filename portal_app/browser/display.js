// How this browser shows the portal: language, colours, mode and text size.
// Kept on the device, never on the server; <html> carries them as attributes for the stylesheet.
import { useSyncExternalStore } from "react";

const KEY = "portal.display";
const CHOICES = {
  lang: ["ja", "en", "ja-simple"],
  palette: ["standard", "cud", "dark"],
  mode: ["adult", "child"],
  size: ["small", "medium", "large"],
};
const FIRST = { lang: "ja", palette: "standard", mode: "adult", size: "medium" };

// What a page is prerendered with, so that the first render in the browser is the same.
const PRERENDERED = shown(FIRST);

function shown(chosen) {
  // Children who have chosen no other language read the easy words.
  const spoken = chosen.lang === "ja" && chosen.mode === "child" ? "ja-simple" : chosen.lang;
  return { ...chosen, spoken };
}

function read() {
  const onPage = document.documentElement.dataset; // set before paint, see before_paint.js
  const chosen = { ...FIRST };
  for (const [name, choices] of Object.entries(CHOICES))
    if (choices.includes(onPage[name])) chosen[name] = onPage[name];
  return chosen;
}

let current;
const listeners = new Set();
const now = () => (current ??= shown(read()));

function show(chosen) {
  current = shown(chosen);
  const root = document.documentElement;
  for (const name of Object.keys(CHOICES)) root.dataset[name] = chosen[name];
  root.lang = current.spoken;
  for (const listener of listeners) listener();
}

export function choose(name, choice) {
  const { spoken, ...chosen } = now();
  chosen[name] = choice;
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // Private windows may refuse to keep anything; the choice still holds for this page.
  }
  show(chosen);
}

function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useDisplay = () => useSyncExternalStore(listen, now, () => PRERENDERED);

if (typeof window !== "undefined") {
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key === KEY && newValue) show({ ...now(), ...JSON.parse(newValue) });
  });
}
