// The rows of a list that can be put in order, as they are drawn, and the line between them.
const LIST = "[data-ordered]";

export const handlesOf = ({ element }) => [...element.querySelectorAll(`${LIST} [data-grip]`)];

// An attribute is always a text.
export const keyOf = ({ keys }, handle) => keys.find((key) => `${key}` === handle?.dataset.grip);

export const handleOf = (list, key) => handlesOf(list).find((handle) => handle.dataset.grip === `${key}`);

export const rowOf = (handle) => {
  const list = handle.closest(LIST);
  let row = handle;
  while (row.parentElement !== list) row = row.parentElement;
  return row;
};

export const boxesOf = (list) => handlesOf(list).map((handle) => rowOf(handle).getBoundingClientRect());

export const inGrid = ([first, second]) => second !== undefined && second.top < first.bottom;

const lineOf = ({ element }) => element.querySelector(":scope > .drop-line");

export const hideLine = (list) => {
  const line = list.element && lineOf(list);
  if (line) line.hidden = true;
};

// Between the rows where `key` would go, which is before the row that is then behind it.
export const showLine = (list, keys, key, at) => {
  const rest = keys.filter((one) => one !== key);
  const [ahead, behind] = [rest[at], rest[at - 1]].map((one) => one !== undefined && handleOf(list, one));
  const neighbour = ahead || behind;
  if (!neighbour) return hideLine(list);
  const box = rowOf(neighbour).getBoundingClientRect();
  const line = lineOf(list);
  const room = list.element.getBoundingClientRect();
  const isUpright = list.drag?.isFree ?? inGrid(boxesOf(list)); // what is carried stands anywhere
  const place = isUpright
    ? { left: ahead ? box.left : box.right, top: box.top, width: 0, height: box.height }
    : { left: box.left, top: ahead ? box.top : box.bottom, width: box.width, height: 0 };
  line.style.left = `${place.left - room.left}px`;
  line.style.top = `${place.top - room.top}px`;
  line.style.width = `${place.width}px`;
  line.style.height = `${place.height}px`;
  line.dataset.upright = isUpright;
  line.hidden = false;
  return undefined;
};
