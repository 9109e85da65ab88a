// What a stranger wished for is taken up again after signing in. The address carries it, since
// nothing of a stranger is kept; it asks a question or ticks a box, and never does more.
import { useEffect, useRef } from "react";
import { go } from "$/utils/frame";
import { isWithoutServer } from "$/utils/offline/connection";
import { now, until } from "$/utils/offline/view";

const LONGEST_ADDRESS = 1900; // the sign-in page takes a little more

const idOf = ({ record_id }) => record_id;

// Returns whether somebody is signed in; whoever is not is led there, and back.
export const signedIn = async (name, records) => {
  // A page that has just been opened does not know yet.
  await until(({ isKnown, owner }) => isKnown || owner || isWithoutServer());
  if (now().owner) return true;
  const { pathname, search } = window.location;
  const address = `${pathname}${search}#${name}=${records.map(idOf).join()}`;
  const next = address.length < LONGEST_ADDRESS ? address : pathname + search;
  go(`/sign-in?${new URLSearchParams({ next })}`);
  return false;
};

// Hands over the records that the address names, once they are on the page.
export function Errand({ name, records, then }) {
  const isDone = useRef(false);
  useEffect(() => {
    const { hash, pathname, search } = window.location;
    if (isDone.current || !records?.length || !hash.startsWith(`#${name}=`)) return;
    isDone.current = true;
    window.history.replaceState(window.history.state, "", pathname + search);
    const named = hash.slice(name.length + 2).split(",").map(Number);
    const found = records.filter((record) => named.includes(idOf(record)));
    if (found.length) then(found);
  });
  return null;
}
