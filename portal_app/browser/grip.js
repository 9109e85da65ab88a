// A handle on each row of a list, by which patrons put the rows in an order of their own: they
// drag it, press arrow keys on it, or choose from the buttons that it opens. What the rows are
// it does not know; what a move means is in order.js.
import { createContext, createElement, useContext, useEffect, useLayoutEffect, useRef } from "react";
import { beginDrag, drag, drop, giveUp } from "$/utils/dragging";
import { localOf, setLocal, useLocal } from "$/utils/local";
import { canStep, moved, moveTo, stepped } from "$/utils/order";
import { handleOf, handlesOf, hideLine, keyOf, showLine } from "$/utils/ordered_rows";

const HANDLED = "page.order.handled"; // whose buttons are open
const TOLD = "page.order.told";
const NOBODY = { key: undefined, title: "" };
const NOTHING = { kind: "", title: "", place: 0 };

const STEP_OF = { ArrowUp: "up", ArrowDown: "down", Home: "top", End: "bottom" };
// A move is drawn a little after it was made; until then the next one counts from where it leads.
const DRAWN_WITHIN_MS = 2000;
const TOLD_FOR_MS = 8000;

export const handled = (local) => local[HANDLED] ?? NOBODY;
export const toldOfOrder = (local) => local[TOLD] ?? NOTHING;
export const placeHandled = (local, keys) => (keys ?? []).indexOf(handled(local).key) + 1;

let isForgotten; // the timer

const tell = (kind, { title }, place = 0) => {
  setLocal(TOLD, { kind, title, place });
  clearTimeout(isForgotten);
  isForgotten = setTimeout(() => setLocal(TOLD, undefined), TOLD_FOR_MS);
};

// ------------------------------------------------------------ moving

const orderNow = ({ keys, expected, movedAt }) => {
  const isExpected = expected?.length === keys.length && Date.now() - movedAt < DRAWN_WITHIN_MS;
  return isExpected ? expected : keys;
};

const move = (list, row, at) => {
  const keys = orderNow(list);
  const place = moveTo(keys, row.key, at);
  if (!place) return tell(at > 0 ? "last" : "first", row);
  Object.assign(list, { expected: moved(keys, row.key, at), movedAt: Date.now() });
  tell("moved", row, at + 1);
  const { onMove, onFollow } = list;
  // One after the other: each counts from where the one before it has led.
  list.line = Promise.resolve(list.line)
    .then(() => onMove(row.key, place.where, place.after))
    .catch(reportError);
  return onFollow?.(at);
};

// ------------------------------------------------------------ the list

const ListContext = createContext({ list: undefined, keys: [] });

// Where the row has gone to another page, its neighbour at the edge is the nearest.
const handleInstead = (list) => {
  const handles = handlesOf(list);
  const first = list.keys.indexOf(keyOf(list, handles[0]));
  return list.keys.indexOf(list.held) < first ? handles[0] : handles.at(-1);
};

// Whoever has moved a row goes on with that row, wherever it is drawn now.
const keepFocus = (list) => {
  if (list.held === undefined) return;
  const focused = document.activeElement;
  if (focused !== document.body && !list.element.contains(focused)) {
    list.held = undefined;
    return;
  }
  const handle = handleOf(list, list.held) ?? (focused === document.body ? handleInstead(list) : undefined);
  if (!handle || handle === focused) return;
  list.isFocusing = true;
  handle.focus();
  list.isFocusing = false;
};

export function Ordered({ keys, onMove, onFollow, children, ...attributes }) {
  const place = useRef(null);
  const { current: list } = useRef({});
  Object.assign(list, { keys: keys ?? [], onMove, onFollow });
  const letGo = () => {
    list.held = undefined;
  };
  const onFocus = ({ target }) => list.isFocusing || target.dataset.grip === `${list.held}` || letGo();
  // Before the next key is heard: React may have given the handle to another row.
  useLayoutEffect(() => {
    list.element = place.current;
    keepFocus(list);
  });
  useEffect(() => {
    document.addEventListener("pointerdown", letGo, true);
    return () => {
      document.removeEventListener("pointerdown", letGo, true);
      giveUp(list);
    };
  }, []);
  const line = createElement("div", { className: "drop-line", hidden: true, "aria-hidden": true });
  return createElement(
    ListContext.Provider,
    { value: { list, keys: list.keys } },
    createElement("div", { ...attributes, ref: place, onFocus }, children, line),
  );
}

// ------------------------------------------------------------ the handle

// While an arrow key is held down a line shows where the row will go; it goes when the key is let go.
const aim = (list, row, step) => {
  const keys = orderNow(list);
  const at = stepped(keys, list.aim?.at ?? keys.indexOf(row.key), step);
  list.aim = { row, at };
  if (moveTo(keys, row.key, at)) showLine(list, keys, row.key, at);
  else hideLine(list);
};

const land = (list) => {
  if (!list.aim) return;
  const { row, at } = list.aim;
  list.aim = undefined;
  hideLine(list);
  list.held = row.key;
  move(list, row, at);
};

const cancelAim = (list) => {
  list.aim = undefined;
  hideLine(list);
};

const openButtons = (list, row, handle) => {
  list.opener = handle;
  setLocal(HANDLED, row);
  list.element.querySelector("[data-order-buttons]").showPopover({ source: handle });
};

export function Grip({ rowKey, title, children, ...attributes }) {
  const { list } = useContext(ListContext);
  const local = useLocal();
  const row = { key: rowKey, title };
  const onKeyDown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return cancelAim(list);
    if (!STEP_OF[event.key]) return;
    event.preventDefault();
    aim(list, row, STEP_OF[event.key]);
  };
  const onClick = ({ currentTarget, detail }) => {
    const wasOpen = list.wasHandled === rowKey;
    // No click follows a finger that has dragged: the next one may be a key's, which counts none.
    const isEndOfDrag = list.hasDragged && detail > 0;
    list.wasHandled = undefined;
    list.hasDragged = false;
    if (!isEndOfDrag && !wasOpen) openButtons(list, row, currentTarget);
  };
  const onPointerDown = (event) => {
    list.wasHandled = handled(local).key; // this closes the buttons before the click opens them
    beginDrag(list, row, event);
  };
  const onDropped = () => {
    const at = drop(list, orderNow(list));
    if (at === undefined) return;
    list.held = rowKey;
    move(list, row, at);
  };
  return createElement(
    "button",
    {
      ...attributes,
      ...{ type: "button", "data-grip": rowKey, onClick, onKeyDown, onPointerDown },
      ...{ "aria-haspopup": "dialog", "aria-expanded": handled(local).key === rowKey },
      onKeyUp: ({ key }) => STEP_OF[key] && land(list),
      onBlur: () => land(list),
      onPointerMove: (event) => drag(list, event, () => orderNow(list)),
      onPointerUp: onDropped,
      onPointerCancel: () => giveUp(list),
      onLostPointerCapture: () => giveUp(list),
    },
    children,
  );
}

// ------------------------------------------------------------ its buttons

const MARGIN = 8; // px to the edges of the window

const standBelow = (menu, handle) => {
  const { bottom, right } = handle.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  // What stands before the end of the page, such as the bar of tabs on a phone.
  const covered = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingBlockEnd);
  const within = (wanted, most) => `${Math.max(MARGIN, Math.min(wanted, most))}px`;
  menu.style.left = within(right - menu.offsetWidth, clientWidth - menu.offsetWidth - MARGIN);
  menu.style.top = within(bottom, clientHeight - menu.offsetHeight - covered);
};

export function OrderButtons({ children, ...attributes }) {
  const { list } = useContext(ListContext);
  const { key } = handled(useLocal());
  const menu = useRef(null);
  useEffect(() => {
    if (key === undefined) return;
    standBelow(menu.current, list.opener);
    menu.current.querySelector("button:not([aria-disabled=true])")?.focus();
  }, [list, key]);
  useEffect(() => {
    const element = menu.current;
    const close = ({ newState }) => {
      if (newState !== "closed") return;
      const focused = document.activeElement;
      // The browser returns to the handle that opened this; its row may stand elsewhere now.
      if ([document.body, list.opener].includes(focused) || element.contains(focused))
        handleOf(list, handled({ [HANDLED]: localOf(HANDLED) }).key)?.focus();
      setLocal(HANDLED, undefined);
    };
    element.addEventListener("toggle", close);
    return () => element.removeEventListener("toggle", close);
  }, [list]);
  return createElement("div", { ...attributes, ref: menu, popover: "auto", "data-order-buttons": "" }, children);
}

const REASON = { top: "order-is-first", up: "order-is-first", down: "order-is-last", bottom: "order-is-last" };

export function StepButton({ step, children, ...attributes }) {
  const { list } = useContext(ListContext);
  const row = handled(useLocal());
  const isRefused = !canStep(orderNow(list), row.key, step);
  const onClick = () => {
    const keys = orderNow(list);
    move(list, row, stepped(keys, keys.indexOf(row.key), step));
  };
  const refused = isRefused ? { "aria-disabled": true, "aria-describedby": REASON[step] } : {};
  return createElement("button", { ...attributes, ...refused, type: "button", onClick }, children);
}
