// When the session ends unless somebody does something: said three minutes before, in every tab.
// Whoever touches the page is there, and the server is told so, seldom.
import { createElement, useEffect, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { useLocation } from "react-router";
import { eventLoop } from "$/utils/context-registry";
import { turnPage } from "$/utils/drafts";
import { isWithoutServer } from "$/utils/offline/connection";
import { ReflexEvent } from "$/utils/state";

const SAID_BEFORE_MS = 3 * 60 * 1000;
const TOLD_EVERY_MS = 5 * 60 * 1000;
const PATIENCE_MS = 5000;
const TOUCHES = ["click", "input", "keydown", "pointerdown"];

const NOTHING = { isNear: false, endsAt: "", mayStay: false };
let view = NOTHING;
const listeners = new Set();

const show = (change) => {
  if (Object.entries(change).every(([name, value]) => view[name] === value)) return;
  view = { ...view, ...change };
  for (const listener of listeners) listener();
};

const listen = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSessionEnd = () => useSyncExternalStore(listen, () => view, () => NOTHING);

// ------------------------------------------------------------ how long it lasts

let heard = "";
let endsAtMs = 0; // by the clock of this device
let heardAtMs = 0;
let askedAtMs = 0;
let timer;
let stayHandler = "";

const look = () => {
  clearTimeout(timer);
  const left = endsAtMs - Date.now();
  const isNear = endsAtMs > 0 && left <= SAID_BEFORE_MS && !isWithoutServer();
  show({ isNear });
  if (left > SAID_BEFORE_MS) timer = setTimeout(look, left - SAID_BEFORE_MS);
};

const goOn = ({ endsAt, mayStay, until }) => {
  endsAtMs = until;
  heardAtMs = Date.now();
  show({ endsAt, mayStay });
  look();
};

const channel =
  typeof window !== "undefined" && "BroadcastChannel" in window
    ? new BroadcastChannel("portal.session")
    : null;

// A page that is drawn anew hands over what was said long ago.
export const hear = (lasts, stay) => {
  const said = JSON.stringify([stay, lasts]);
  if (said === heard) return;
  heard = said;
  stayHandler = stay;
  const until = lasts.ends_at ? Date.now() + lasts.milliseconds : 0;
  const known = { endsAt: lasts.ends_at, mayStay: lasts.may_stay, until };
  goOn(known);
  if (until) channel?.postMessage({ ...known, stay });
};

if (channel)
  channel.onmessage = ({ data: { stay, ...known } }) => {
    if (stay === stayHandler && endsAtMs > 0) goOn(known);
  };

// ------------------------------------------------------------ somebody is there

// Lost rather than queued: what is still touched tells it again.
export const stay = () => {
  askedAtMs = Date.now();
  eventLoop.addEvents([ReflexEvent(stayHandler, {})], [], { temporal: true });
};

const noteTouch = ({ isTrusted }) => {
  if (!isTrusted || !endsAtMs || !view.mayStay || isWithoutServer()) return;
  const isWorthTelling = view.isNear || Date.now() - heardAtMs > TOLD_EVERY_MS;
  if (isWorthTelling && Date.now() - askedAtMs > PATIENCE_MS) stay();
};

if (typeof window !== "undefined") {
  for (const touch of TOUCHES) window.addEventListener(touch, noteTouch, { capture: true, passive: true });
  document.addEventListener("visibilitychange", look);
}

// Above an open dialog, outside of which nothing can be read or pressed.
const uppermost = () => [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body;

export function SessionEnd({ lasts, handler, children }) {
  const { isNear } = useSessionEnd();
  const { pathname } = useLocation();
  useEffect(() => hear(lasts, handler), [lasts, handler]);
  useEffect(() => turnPage(pathname), [pathname]);
  if (!isNear) return null;
  return createPortal(
    createElement("div", { role: "alert", className: "session-end" }, children),
    uppermost(),
  );
}
