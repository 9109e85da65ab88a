// Several things that one press asks for, and what became of each.
import { setLocal } from "$/utils/local";
import { act } from "$/utils/offline/outbox";
import { now } from "$/utils/offline/view";

const NOTHING = { ids: [] };

// A deed is its kind, what it carries and what is shown of it. `name` is where the page remembers
// them, with what else there is to know.
export const actTogether = async (name, deeds, more = {}) => {
  const ids = [];
  for (const deed of deeds) {
    await act(...deed);
    ids.push(now().latest);
  }
  setLocal(name, { ...more, ids, latest: now().latest });
};

export const askedTogether = (local, name) => local[name] ?? NOTHING;

// Whether this is what the page did last.
export const isTogether = (local, { latest }, name) => askedTogether(local, name).latest === latest;

// Some of it is done, but there is something to know about it: it was there already.
const stateOf = ({ state, answer }) => (state === "done" && answer?.reason ? "told" : state);

export const together = (local, { operations }, name, state) =>
  operations.filter((one) => askedTogether(local, name).ids.includes(one.id) && stateOf(one) === state);
