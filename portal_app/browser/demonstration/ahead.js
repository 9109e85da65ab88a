// In place of ../ahead.js in a demonstration, whose clock can be set forward. What the server
// has said is kept on the device, so that it is the same day without a connection, too.
const MARK = "portal.demonstration";

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(MARK)) ?? {};
  } catch {
    return {}; // a private window may refuse
  }
};

let known = typeof window === "undefined" ? {} : read();
const listeners = new Set();

export const ahead = () => known.ahead ?? 0;
export const knownEdition = () => known.edition ?? "";

export const hearAhead = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const note = (showing) => {
  known = showing;
  try {
    localStorage.setItem(MARK, JSON.stringify(showing));
  } catch {
    // Then it holds for as long as the page is open.
  }
  for (const listener of listeners) listener();
};
