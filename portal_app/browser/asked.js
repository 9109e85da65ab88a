// What an address asks for: the advanced search form begins with it, and ends in another.
import { useSyncExternalStore } from "react";
import { useLocation } from "react-router";
import { go } from "$/utils/frame";

const never = () => () => undefined;

// A page that is drawn beforehand knows no address.
export const useAsked = () => {
  const { search } = useLocation();
  const isInBrowser = useSyncExternalStore(never, () => true, () => false);
  return isInBrowser ? search : "";
};

export const askedFor = (asked, name) => new URLSearchParams(asked).get(name) ?? "";

// What is asked for, with one thing asked for otherwise, from the first page.
export const askedWith = (asked, name, value) => {
  const other = new URLSearchParams(asked);
  other.delete("page");
  if (value) other.set(name, value);
  else other.delete(name);
  return `?${other}`;
};

// Of a condition: how it joins the one before, where it looks, how it compares.
const USUAL = { c: "and", f: "any", m: "contains" };
const OF_A_CONDITION = /^([cfm])(\d)$/;

// Only what differs from the empty form, as portal_app/domain/search.py writes it.
export const addressOf = (path, fields) => {
  const asked = new URLSearchParams();
  for (const [name, written] of Object.entries(fields)) {
    const value = written.normalize(name.startsWith("year") ? "NFKC" : "NFC").trim();
    const [, about, number] = OF_A_CONDITION.exec(name) ?? [];
    const isUsual = about && (value === USUAL[about] || !fields[`t${number}`].trim());
    if (value && !isUsual) asked.append(name, value);
  }
  return `${asked}` ? `${path}?${asked}` : path;
};

export const askAt = (path) => (event) => {
  event.preventDefault();
  go(addressOf(path, Object.fromEntries(new FormData(event.target))));
};
