// What is ticked in the cart, and the way from there to a hold. Nothing is sent before the
// patron has seen it all once more (K-29).
import { localOf, setLocal } from "$/utils/local";
import { go } from "$/utils/frame";
import { act } from "$/utils/offline/outbox";

const idOf = (line) => line.record.record_id;
const isFree = (line) => !line.refused;

// At first whatever can be placed on hold is ticked; this remembers what is otherwise.
const CHANGED = "cart.changed";
const WISHES = "cart.wishes";
const PLACED = "cart.placed";
const changed = (local) => local[CHANGED] ?? [];

export const isChosen = (local, line) => isFree(line) !== changed(local).includes(idOf(line));
export const chosenOf = (local, lines) => (lines ?? []).filter((line) => isChosen(local, line));

const nowChosen = (lines) => chosenOf({ [CHANGED]: localOf(CHANGED) }, lines);

const change = (recordIds) => {
  setLocal(CHANGED, recordIds);
  setLocal("page.problem", "");
  setLocal("page.removed", 0);
};

export const tick = (recordId) => {
  const before = localOf(CHANGED) ?? [];
  const isIn = before.includes(recordId);
  change(isIn ? before.filter((one) => one !== recordId) : [...before, recordId]);
};
export const tickAll = (lines) => change(lines.filter((line) => !isFree(line)).map(idOf));
export const tickNone = (lines) => change(lines.filter(isFree).map(idOf));

const removeAll = async (lines) => {
  setLocal("page.problem", "");
  for (const line of lines) await act("cart.remove", { record_id: idOf(line) }, line);
  setLocal("page.removed", lines.length);
};

export const removeLine = (line) => removeAll([line]);

export const removeTicked = (lines) => {
  const chosen = nowChosen(lines);
  if (!chosen.length) return setLocal("page.problem", "holds.problem.nothing_chosen");
  return removeAll(chosen);
};

// The library decides again when it is asked; this only spares the patron a way.
const problemWith = (chosen, wishes, today) => {
  if (!chosen.length) return "holds.problem.nothing_chosen";
  return wishes.expires_on && wishes.expires_on < today ? "holds.problem.expiry_has_passed" : "";
};

export const checkWishes = (lines, today, confirmation, event) => {
  event.preventDefault();
  const wishes = Object.fromEntries(new FormData(event.target));
  const problem = problemWith(nowChosen(lines), wishes, today);
  setLocal("page.problem", problem);
  setLocal(WISHES, wishes);
  if (!problem) go(confirmation);
};

export const placeHolds = async (lines, result) => {
  const { pickup_branch, contact_method, expires_on } = localOf(WISHES) ?? {};
  if (pickup_branch === undefined) return; // pressed twice
  const chosen = nowChosen(lines);
  setLocal(PLACED, chosen.map(idOf));
  setLocal(WISHES, undefined);
  go(result);
  for (const line of chosen) {
    const wanted = { record_id: idOf(line), pickup_branch, contact_method, expires_on };
    await act("holds.place", wanted, line);
  }
  setLocal(CHANGED, []);
};
