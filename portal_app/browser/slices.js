// What is drawn in slices, between which a press is heard.
import { startTransition, useEffect, useState, useSyncExternalStore } from "react";

const nothing = () => undefined;
const never = () => nothing;

// Whether what was drawn beforehand is being taken over: only then React asks for the second.
const useIsTakenOver = () => {
  let is = false;
  useSyncExternalStore(never, nothing, () => {
    is = true;
  });
  return is;
};

// What a store says. What React itself has for stores (useSyncExternalStore) draws at one go, and
// is for what answers a press. ``first`` returns what a page is drawn beforehand with. A listener
// is called with true when it is a press that the store answers.
export const useInSlices = (listen, now, first) => {
  const [said, say] = useState(useIsTakenOver() ? first : now);
  useEffect(() => {
    const hear = (isPressed) => (isPressed ? say(now) : startTransition(() => say(now)));
    hear();
    return listen(hear);
  }, [listen, now]);
  return said;
};

const FEW = 3; // as many as a phone shows
const begunAt = globalThis.location?.href;
let isBeginning = true;

// The rows of a list: on the page that a visit begins with those that are seen at once, then all
// of them. Whoever comes back to a list stands where they were, for which it has to be whole.
export const useFewFirst = (rows) => {
  const [isWhole, say] = useState(!isBeginning || globalThis.location?.href !== begunAt);
  useEffect(() => {
    isBeginning = false;
    let turn = requestAnimationFrame(() => {
      turn = setTimeout(() => startTransition(() => say(true)));
    });
    return () => {
      cancelAnimationFrame(turn);
      clearTimeout(turn);
    };
  }, []);
  return isWhole ? rows : rows.slice(0, FEW);
};
