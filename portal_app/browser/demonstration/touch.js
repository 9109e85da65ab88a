// Marks where a finger has touched, so that those who look on can follow it.
import { useEffect, useSyncExternalStore } from "react";

const KEY = "portal.demonstration.shown";
const FIRST = { marks: true, mail: false };
const SHOWN_FOR_MS = 700;

// ------------------------------------------------------------ what whoever shows it has chosen

const read = () => {
  try {
    return { ...FIRST, ...JSON.parse(localStorage.getItem(KEY)) };
  } catch {
    return FIRST; // a private window may refuse
  }
};

let chosen;
const listeners = new Set();
const now = () => (chosen ??= read());
const listen = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useShown = () => useSyncExternalStore(listen, now, () => FIRST);

export const showIt = (name, is) => {
  chosen = { ...now(), [name]: is };
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // Then it holds for as long as the page is open.
  }
  for (const listener of listeners) listener();
};

// ------------------------------------------------------------ marks

// A mouse has an arrow; what is touched has nothing to show where.
const isTouch = ({ pointerType }) => pointerType !== "mouse";

// In the top layer, above an open dialog, and no event ever meets it.
const draw = ({ clientX, clientY }) => {
  const mark = document.createElement("div");
  mark.className = "touch-mark";
  mark.ariaHidden = "true";
  mark.popover = "manual";
  mark.style.translate = `calc(${clientX}px - 50%) calc(${clientY}px - 50%)`;
  document.body.append(mark);
  mark.showPopover?.();
  return mark;
};

const marks = new Map(); // of each finger that is down

const begin = (event) => {
  if (!isTouch(event)) return;
  end(event);
  marks.set(event.pointerId, draw(event));
};

const follow = (event) => {
  const mark = marks.get(event.pointerId);
  if (mark) mark.style.translate = `calc(${event.clientX}px - 50%) calc(${event.clientY}px - 50%)`;
};

const end = ({ pointerId }) => {
  const mark = marks.get(pointerId);
  if (!mark) return;
  marks.delete(pointerId);
  mark.dataset.over = "true";
  setTimeout(() => mark.remove(), SHOWN_FOR_MS);
};

const HEARD = { pointerdown: begin, pointermove: follow, pointerup: end, pointercancel: end };

export function TouchMarks({ isOn }) {
  useEffect(() => {
    if (!isOn) return undefined;
    const options = { capture: true, passive: true };
    for (const [name, hear] of Object.entries(HEARD)) window.addEventListener(name, hear, options);
    return () => {
      for (const [name, hear] of Object.entries(HEARD)) window.removeEventListener(name, hear, options);
      for (const pointerId of [...marks.keys()]) end({ pointerId });
    };
  }, [isOn]);
  return null;
}
