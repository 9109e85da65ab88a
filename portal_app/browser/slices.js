// What a store says, drawn in slices between which a press is heard. What React itself has for
// stores (useSyncExternalStore) draws at one go, and is for what answers a press.
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

// ``first`` returns what a page is drawn beforehand with. A listener is called with true when
// it is a press that the store answers.
export const useInSlices = (listen, now, first) => {
  const [said, say] = useState(useIsTakenOver() ? first : now);
  useEffect(() => {
    const hear = (isPressed) => (isPressed ? say(now) : startTransition(() => say(now)));
    hear();
    return listen(hear);
  }, [listen, now]);
  return said;
};
