// Dragging a row by its handle, with a mouse, a pen or a finger.
import { gapAt, moveTo, placeOfGap } from "$/utils/order";
import { boxesOf, handleOf, handlesOf, hideLine, inGrid, keyOf, rowOf, showLine } from "$/utils/ordered_rows";

const SLACK = 5; // px that a finger moves when it only taps
const EDGE = 72; // px from the edge of the window in which the page scrolls
const FASTEST = 18; // px in each frame

export const beginDrag = (list, row, event) => {
  list.hasDragged = false;
  if (!event.isPrimary || event.button !== 0) return;
  const { clientX: x, clientY: y, pointerId, currentTarget: handle } = event;
  handle.setPointerCapture(pointerId);
  list.drag = { key: row.key, handle, x, y, from: { x, y: y + window.scrollY }, isMoving: false };
};

export const drag = (list, { clientX: x, clientY: y }, orderNow) => {
  const { drag: it } = list;
  if (!it) return;
  Object.assign(it, { x, y });
  if (it.isMoving || Math.hypot(x - it.from.x, y + window.scrollY - it.from.y) < SLACK) return;
  lift(list, it, orderNow);
};

const lift = (list, it, orderNow) => {
  it.isMoving = true;
  list.hasDragged = true; // also when it is given up: no click follows
  it.row = rowOf(it.handle);
  it.isFree = inGrid(boxesOf(list)); // a list goes up and down only
  it.row.dataset.dragged = "true";
  it.cancel = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    giveUp(list);
  };
  document.addEventListener("keydown", it.cancel, true);
  const follow = () => {
    if (list.drag !== it) return;
    scrollAtEdge(it.y);
    carry(list, it, orderNow());
    requestAnimationFrame(follow);
  };
  follow();
};

const scrollAtEdge = (y) => {
  const above = EDGE - y;
  const below = y - (window.innerHeight - EDGE);
  const depth = Math.max(above, below);
  if (depth > 0) window.scrollBy(0, Math.sign(below - above) * FASTEST * Math.min(1, depth / EDGE));
};

const carry = (list, it, keys) => {
  it.row.style.translate = `${it.isFree ? it.x - it.from.x : 0}px ${it.y + window.scrollY - it.from.y}px`;
  it.at = placeUnder(list, it, keys);
  if (moveTo(keys, it.key, it.at)) showLine(list, keys, it.key, it.at);
  else hideLine(list);
};

const placeUnder = (list, it, keys) => {
  const drawn = handlesOf(list).map((handle) => keyOf(list, handle));
  const others = drawn.filter((key) => key !== it.key);
  const boxes = others.map((key) => rowOf(handleOf(list, key)).getBoundingClientRect());
  const gap = gapAt(boxes, drawn.indexOf(it.key), it.row.getBoundingClientRect());
  return placeOfGap(keys, it.key, drawn, gap);
};

// Returns where the row was let go, if it goes anywhere.
export const drop = (list, keys) => {
  const at = list.drag?.isMoving ? placeUnder(list, list.drag, keys) : undefined;
  const isElsewhere = at !== undefined && moveTo(keys, list.drag.key, at);
  giveUp(list);
  return isElsewhere ? at : undefined;
};

export const giveUp = (list) => {
  const { drag: it } = list;
  list.drag = undefined;
  hideLine(list);
  if (!it?.isMoving) return;
  document.removeEventListener("keydown", it.cancel, true);
  it.row.style.translate = "";
  delete it.row.dataset.dragged;
};
