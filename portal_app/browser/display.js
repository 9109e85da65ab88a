// How this browser shows the portal: language, colours, mode, text size and years. What a signed-in
// patron has chosen, on whichever device, goes before what was chosen at this one (docs/display.md).
// <html> carries all of it as attributes for the stylesheet.
import { useEffect, useSyncExternalStore } from "react";
import { LANGUAGES } from "$/utils/languages";
import { marks } from "$/utils/offline/device";
import { act } from "$/utils/offline/outbox";
import { knows, learn } from "$/utils/speech";

const KEY = "portal.display";
const KEY_OF_ACCOUNT = "portal.display.account";
const KEY_OF_ROOM = "portal.room";
export const CHOICES = {
  lang: Object.keys(LANGUAGES),
  palette: ["standard", "cud", "dark"],
  mode: ["adult", "child"],
  size: ["small", "medium", "large"],
  years: ["western", "japanese"],
};
const FIRST = { lang: "ja", palette: "standard", mode: "adult", size: "medium", years: "western" };

// What a page is prerendered with, so that the first render in the browser is the same.
const PRERENDERED = shown(FIRST);

function shown(chosen) {
  // Children who have chosen no other language read the easy words.
  const spoken = chosen.lang === "ja" && chosen.mode === "child" ? "ja-simple" : chosen.lang;
  return { ...chosen, spoken };
}

// Then nothing has to be drawn anew when a page is taken over.
const isAsPrerendered = (asked) =>
  Object.entries(PRERENDERED).every(([name, choice]) => asked[name] === choice);

function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

function keep(key, chosen) {
  try {
    localStorage.setItem(key, JSON.stringify(chosen));
  } catch {
    // Private windows may refuse to keep anything; the choice still holds for this page.
  }
}

function offered(chosen) {
  return Object.fromEntries(
    Object.entries(chosen).filter(([name, choice]) => CHOICES[name]?.includes(choice)),
  );
}

function read() {
  return { ...FIRST, ...offered(document.documentElement.dataset) }; // see before_paint.js
}

let current;
const listeners = new Set();
const now = () => (current ??= inKnownWords(read()));

function show(chosen) {
  current = inKnownWords(chosen);
  const root = document.documentElement;
  for (const name of Object.keys(CHOICES)) root.dataset[name] = chosen[name];
  root.lang = current.spoken;
  for (const listener of listeners) listener();
}

// A page goes on in the language that it speaks until the words of another have come.
function inKnownWords(chosen) {
  const asked = shown(chosen);
  if (isAsPrerendered(asked)) return PRERENDERED;
  if (knows(asked.spoken)) return asked;
  learn(asked.spoken).then(
    () => show(withoutSpoken(now())),
    (refusal) => console.warn("no words", refusal),
  );
  return { ...asked, spoken: current?.spoken ?? PRERENDERED.spoken };
}

const withoutSpoken = ({ spoken, ...chosen }) => chosen;

// As nobody has chosen: the colours are those of the system.
function byItself() {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  return isDark ? { ...FIRST, palette: "dark" } : FIRST;
}

function showWhatIsKept(onDevice = kept(KEY)) {
  show({ ...byItself(), ...offered(onDevice), ...offered(kept(KEY_OF_ACCOUNT)) });
}

// ------------------------------------------------------------ whose choice it is

let account; // "patron", or "terminal" for one at a machine of the library; nobody's otherwise

export function choose(name, choice) {
  show({ ...withoutSpoken(now()), [name]: choice });
  if (account !== "terminal") keep(KEY, { ...kept(KEY), [name]: choice });
  const ofAccount = kept(KEY_OF_ACCOUNT);
  if (account || name in ofAccount) keep(KEY_OF_ACCOUNT, { ...ofAccount, [name]: choice });
  if (account) act("display.choose", { name, choice });
}

export function forgetAccountsDisplay() {
  account = undefined;
  keepRoom(false);
  try {
    if (localStorage.getItem(KEY_OF_ACCOUNT) === null) return;
    localStorage.removeItem(KEY_OF_ACCOUNT);
  } catch {
    return;
  }
  showWhatIsKept();
}

// The next page keeps room for the bar of who is signed in from its first paint on.
const keepRoom = (isSignedIn) => marks.write(KEY_OF_ROOM, isSignedIn ? "kept" : null);

// The end of a session alone changes nothing on a device of one's own, where the copy stays, too.
export function sit({ isSignedIn, isTerminal }) {
  keepRoom(isSignedIn);
  if (isSignedIn) account = isTerminal ? "terminal" : "patron";
  else if (isTerminal) forgetAccountsDisplay();
  else account = undefined;
}

export function follow(chosen) {
  const before = JSON.stringify(offered(kept(KEY_OF_ACCOUNT)));
  if (before === JSON.stringify(offered(chosen))) return;
  keep(KEY_OF_ACCOUNT, chosen);
  showWhatIsKept();
}

// Every page says who is signed in and what they have chosen.
export function AccountDisplay({ isKnown, isSignedIn, isTerminal, chosen }) {
  const { spoken } = useDisplay();
  useEffect(() => {
    if (spoken === document.documentElement.lang) delete document.documentElement.dataset.unspoken;
  });
  useEffect(() => {
    if (!isKnown) return;
    sit({ isSignedIn, isTerminal });
    if (isSignedIn) follow(chosen);
  }, [isKnown, isSignedIn, isTerminal, chosen]);
  return null;
}

// ------------------------------------------------------------ what pages hear of it

function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useDisplay = () => useSyncExternalStore(listen, now, () => PRERENDERED);

if (typeof window !== "undefined") {
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key === KEY && newValue) showWhatIsKept(JSON.parse(newValue));
    if (key === KEY_OF_ACCOUNT) showWhatIsKept();
  });
}
