// What a page remembers by itself: what is ticked, which dialog is asked about. The server
// never hears of it, so it works without a connection. What is called "page.…" is forgotten
// with the page; the rest when the portal is closed or the patron signs out.
import { useSyncExternalStore } from "react";

const EMPTY = {};
let values = EMPTY;
const listeners = new Set();

const become = (next) => {
  values = next;
  for (const listener of listeners) listener();
};

const listen = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useLocal = () => useSyncExternalStore(listen, () => values, () => EMPTY);

export const localOf = (name) => values[name];
export const setLocal = (name, value) => become({ ...values, [name]: value });
export const forgetLocal = () => become(EMPTY);

export const leavePage = () => {
  const stays = Object.entries(values).filter(([name]) => !name.startsWith("page."));
  become(Object.fromEntries(stays));
};
