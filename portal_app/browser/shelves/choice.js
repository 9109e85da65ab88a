// Putting records on shelves: which shelves, all of it seen once more, done (K-56). Nothing is
// asked of the library before that, and none of it needs a connection.
import { createElement, useEffect, useRef } from "react";
import { compareNames } from "$/utils/collation";
import { eventLoop } from "$/utils/context-registry";
import { signedIn } from "$/utils/errand";
import { localOf, setLocal } from "$/utils/local";
import { act } from "$/utils/offline/outbox";
import { now } from "$/utils/offline/view";
import { problemOfName, tidyName } from "$/utils/shelves/names";
import { generateUUID, ReflexEvent } from "$/utils/state";

const ASKED = "page.shelving";
const NOT_ASKED = { step: "", records: [], chosen: [], made: [], problem: "", said: "", outcomes: [] };

const idOf = ({ record_id }) => record_id;
const asked = () => localOf(ASKED) ?? NOT_ASKED;
const become = (change) => setLocal(ASKED, { ...asked(), problem: "", said: "", ...change });

export const askedWhere = (local) => local[ASKED] ?? NOT_ASKED;

// ------------------------------------------------------------ which shelves there are

const once = (records) => [...new Map(records.map((one) => [idOf(one), one])).values()];

// What of these records stands on a shelf already, as far as this device knows.
const there = (contents, shelfId, records) => {
  const held = new Set((contents?.[shelfId]?.books ?? []).map(({ record }) => idOf(record)));
  return records.filter((one) => held.has(idOf(one))).length;
};

// Always in one order, by name, so that a shelf is where it was yesterday.
const byName = (one, other) =>
  compareNames(one.name, other.name) ||
  one.created_at.localeCompare(other.created_at) ||
  one.shelf_id.localeCompare(other.shelf_id);

// `rules` are the library's, from components/shelf_choice.py.
const allOf = (rules, { made }, shelves) => {
  const known = (shelves ?? []).filter(({ shelf_id }) => shelf_id !== rules.unsorted);
  const unsorted = (shelves ?? []).find(({ shelf_id }) => shelf_id === rules.unsorted);
  const isMade = ({ shelf_id }) => known.some((one) => one.shelf_id === shelf_id);
  return [
    ...(rules.is_one_list ? [unsorted ?? { shelf_id: rules.unsorted, name: "", count: 0 }] : []),
    ...made.filter((one) => !isMade(one)).map((one) => ({ ...one, count: 0, is_new: true })),
    ...known.sort(byName),
  ];
};

// What can be chosen: with how much room there is, and how much of it stands there already.
export const shelvesToChoose = (rules, local, shelves, contents) => {
  const question = askedWhere(local);
  const wanted = question.records.length;
  return allOf(rules, question, shelves).map((shelf) => {
    const already = there(contents, shelf.shelf_id, question.records);
    const room = Math.max(0, rules.items_max - shelf.count);
    return {
      ...{ shelf_id: shelf.shelf_id, name: shelf.name, count: shelf.count, is_new: Boolean(shelf.is_new) },
      ...{ already, missing: wanted - already, fitting: Math.min(room, wanted - already) },
      is_chosen: question.chosen.includes(shelf.shelf_id),
    };
  });
};

const canTake = ({ fitting }) => fitting > 0;

export const chosenShelves = (...given) =>
  shelvesToChoose(...given).filter((shelf) => shelf.is_chosen && canTake(shelf));

// On which shelves a record stands.
export const shelvesWith = (shelves, contents, record) =>
  [...(shelves ?? [])].sort(byName).filter(({ shelf_id }) => there(contents, shelf_id, [record]));

// ------------------------------------------------------------ asking

// Asks where some records shall go. Where there is nothing to choose from, the one list of the
// library is meant. `forget` is what was ticked, and need not be any longer once this is done.
export const askWhere = async (rules, isLoaded, shelves, forget, records) => {
  if (!(await signedIn("shelve", records))) return;
  // Reflex would hold back every later event behind one that cannot be sent.
  if (!isLoaded) eventLoop.addEvents([ReflexEvent(rules.load)], [], { temporal: true });
  const isPlain = rules.is_one_list && allOf(rules, NOT_ASKED, isLoaded ? shelves : []).length === 1;
  const chosen = rules.is_one_list ? [rules.unsorted] : [];
  const step = isLoaded && isPlain ? "check" : "choose";
  setLocal(ASKED, { ...NOT_ASKED, step, records: once(records), chosen, forget });
};

// Asks to put records on the one list without a category, whichever categories there are (G-24).
export const askToAddAll = async (rules, ...given) => {
  await askWhere(rules, ...given);
  if (rules.is_one_list && asked().step) become({ step: "check" });
};

// The second half of a double click is for the button that stood there a moment ago.
const isSecondClick = (event) => event?.detail > 1;

export const askNoLonger = (event) => isSecondClick(event) || setLocal(ASKED, undefined);
export const chooseShelvesAgain = () => become({ step: "choose" });

export const chooseWhere = (rules, shelfId) => {
  const { chosen } = asked();
  const others = chosen.filter((one) => one !== shelfId);
  if (rules.is_one_list) return become({ chosen: [shelfId] });
  return become({ chosen: others.length < chosen.length ? others : [...chosen, shelfId] });
};

// A new shelf is chosen at once, and made with the rest.
export const makeShelf = (rules, shelves, event) => {
  event.preventDefault();
  const name = tidyName(new FormData(event.target).get("shelf_name"));
  const all = allOf(rules, asked(), shelves).filter(({ shelf_id }) => shelf_id !== rules.unsorted);
  const there = all.find((one) => one.name === name);
  const isFull = all.length >= rules.shelves_max && "shelves.refusal.too_many_shelves";
  const problem = problemOfName(name, rules.name_max) || (!there && isFull);
  if (problem) return become({ problem, limit: isFull === problem ? rules.shelves_max : rules.name_max });
  const shelf = there ?? { shelf_id: generateUUID(), name, created_at: "" };
  const { chosen, made } = asked();
  event.target.reset();
  return become({
    made: there ? made : [shelf, ...made],
    chosen: rules.is_one_list ? [shelf.shelf_id] : [...new Set([...chosen, shelf.shelf_id])],
    said: there ? "there" : "made",
    name,
  });
};

export const checkShelves = (chosen) =>
  chosen.length ? become({ step: "check" }) : become({ problem: "shelf_choice.problem.nothing_chosen" });

// ------------------------------------------------------------ doing

// Returns the number of what was done.
const done = async (...deed) => {
  await act(...deed);
  return now().latest;
};

const putOn = async ({ shelf_id, name, is_new }, records) => {
  const made = is_new
    ? [await done("shelves.create", { shelf_id, name }, { shelf_name: name, records: [] })]
    : [];
  const payload = { shelf_id, record_ids: records.map(idOf) };
  return [...made, await done("shelves.add", payload, { shelf_name: name, records })];
};

export const putOnShelves = async (chosen, event) => {
  const { step, records, forget } = asked();
  if (step !== "check" || isSecondClick(event)) return;
  become({ step: "done", outcomes: [] });
  const outcomes = [];
  for (const shelf of chosen) outcomes.push({ ...shelf, ids: await putOn(shelf, records) });
  if (forget) setLocal(forget, undefined);
  become({ outcomes });
};

// ------------------------------------------------------------ what became of it

const stateOf = (operations) => {
  if (operations.some(({ state }) => state === "refused")) return "refused";
  return operations.some(({ state }) => state === "waiting") ? "waiting" : "done";
};

export const outcomesOf = (local, { operations }, contents) => {
  const { outcomes, records } = askedWhere(local);
  return outcomes.map(({ ids, ...shelf }) => {
    const its = operations.filter(({ id }) => ids.includes(id));
    const state = stateOf(its);
    const telling = its.find((one) => one.state === "refused") ?? its.at(-1) ?? null;
    const isLookedInto = state === "refused" && contents?.[shelf.shelf_id];
    return {
      ...shelf,
      ...{ state, operation: telling, put: shelf.fitting },
      left_out: isLookedInto ? records.length - there(contents, shelf.shelf_id, records) : 0,
    };
  });
};

export const isSettled = (outcomes, state) =>
  outcomes.length > 0 && outcomes.every((one) => one.state === state);

// ------------------------------------------------------------

// Whoever comes to a step of the dialog is put at its heading: its first box may be far from
// what is asked, and a field would bring up the keyboard of a phone.
export function Step({ name, children }) {
  const place = useRef(null);
  useEffect(() => {
    const heading = place.current.closest("dialog").querySelector("h2");
    heading.tabIndex = -1;
    heading.autofocus = true; // as soon as the dialog opens
    heading.focus();
  }, [name]);
  return createElement("div", { ref: place, className: "dialog-body" }, children);
}
