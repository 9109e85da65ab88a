// What the pages show of the offline part: the connection, what waits, whose copy this is.
import { useInSlices } from "$/utils/slices";

// Also what a page is prerendered with, so that the first render in the browser is the same.
const FIRST = {
  connection: "connecting", // then online, reconnecting or offline
  isBack: false, // it was away, and is back since a moment ago
  isBooted: false, // the saved copy has been looked for
  isKnown: false, // the server has said who is signed in
  owner: "", // whose data the pages may show
  operations: [], // waiting, done and refused, in the order they were made
  latest: "", // the operation that this page made last
  isKeeping: false, // この端末に保存する
  isTerminal: false, // one of the library's own machines
  finding: null, // what this device has instead of a page that was not seen
  declined: 0, // how often something needed a connection that is not there
};

let view = FIRST;
const listeners = new Set();

export const now = () => view;

export const show = (change, isPressed = false) => {
  if (Object.entries(change).every(([name, value]) => view[name] === value)) return;
  view = { ...view, ...change };
  for (const listener of listeners) listener(isPressed);
};

// A box that does not turn at once turns back meanwhile.
export const showAtOnce = (change) => show(change, true);

const listen = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useOffline = () => useInSlices(listen, now, () => FIRST);

export const until = (isSo) =>
  new Promise((resolve) => {
    const look = () => {
      if (!isSo(view)) return;
      listeners.delete(look);
      resolve();
    };
    listeners.add(look);
    look();
  });
