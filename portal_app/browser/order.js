// What a move in a list means. `keys` are those of all rows in the patron's own order, also of
// rows on other pages; `at` counts the rows without the one that moves.

const without = (keys, key) => keys.filter((one) => one !== key);

// Where a row goes, as portal_app/domain/shelves.py Place says it; nothing where it stands already.
export const moveTo = (keys, key, at) => {
  const rest = without(keys, key);
  const to = Math.min(Math.max(at, 0), rest.length);
  if (!keys.includes(key) || to === keys.indexOf(key)) return undefined;
  if (to === 0) return { where: "top", after: null };
  return to === rest.length ? { where: "bottom", after: null } : { where: "after", after: rest[to - 1] };
};

// The order when a row has gone where `moveTo` says.
export const placeAmong = (keys, key, where, after) => {
  const rest = without(keys, key);
  const at = { top: 0, bottom: rest.length, after: rest.indexOf(after) + 1 }[where];
  return [...rest.slice(0, at), key, ...rest.slice(at)];
};

export const STEPS = ["top", "up", "down", "bottom"];

// Where a step leads from a place.
export const stepped = (keys, from, step) => {
  const last = keys.length - 1;
  const to = { top: 0, up: from - 1, down: from + 1, bottom: last }[step];
  return Math.min(Math.max(to, 0), last);
};

export const canStep = (keys, key, step) =>
  keys.includes(key) && stepped(keys, keys.indexOf(key), step) !== keys.indexOf(key);

// The order when the row has moved.
export const moved = (keys, key, at) => {
  const rest = without(keys, key);
  return [...rest.slice(0, at), key, ...rest.slice(at)];
};

// Where among all rows it is before, or behind the last of, those that are drawn.
export const placeOfGap = (keys, key, drawn, gap) => {
  const rest = without(keys, key);
  const others = without(drawn, key);
  if (!others.length) return keys.indexOf(key);
  return gap < others.length ? rest.indexOf(others[gap]) : rest.indexOf(others.at(-1)) + 1;
};

const middle = (one, other) => (one + other) / 2;

// Before which of the boxes, those of the other rows, a row is let go that is carried over them;
// their number, when it is behind all. It was lifted before the box `from`. In a list it takes
// the place of a row when it covers half of it; boxes side by side are passed in the middle.
export const gapAt = (boxes, from, carried) => {
  const inGrid = boxes.some((box, at) => at > 0 && box.top < boxes[at - 1].bottom);
  const [x, y] = [middle(carried.left, carried.right), middle(carried.top, carried.bottom)];
  const isAhead = inGrid
    ? ({ left, right, top, bottom }) => y < top || (y < bottom && x < middle(left, right))
    : ({ top, bottom }, at) => (at < from ? carried.top : carried.bottom) < middle(top, bottom);
  const gap = boxes.findIndex(isAhead);
  return gap < 0 ? boxes.length : gap;
};
