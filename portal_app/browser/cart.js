// What is ticked in the cart, and the way from there to a hold. Nothing is sent before the
// patron has seen it all once more (K-29).
import { localOf, setLocal } from "$/utils/local";
import { go } from "$/utils/frame";
import { act } from "$/utils/offline/outbox";
import { placeAmong } from "$/utils/order";

const idOf = (line) => line.record.record_id;
const isFree = (line) => !line.refused;

// At first whatever can be placed on hold is ticked; this remembers what is otherwise.
const CHANGED = "cart.changed";
const WISHES = "cart.wishes";
const PLACED = "cart.placed";
const PLACED_AS = "cart.placed_as";
const PLACED_LETTER = "cart.placed_letter"; // where that is confirmed by mail; 0 is nowhere
const ORDER = "cart.order"; // in which what is chosen is to be lent (K-28)
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

// ------------------------------------------------------------ together

export const ORDINARY = "ordinary"; // 通常予約; the other kinds are those of a series
const isTogether = ({ kind }) => kind !== ORDINARY;

// What nobody has moved stands as in the cart.
export const inOrder = (local, lines) => {
  const order = local[ORDER] ?? [];
  const rank = (line) => (order.includes(idOf(line)) ? order.indexOf(idOf(line)) : order.length);
  return chosenOf(local, lines).sort((one, other) => rank(one) - rank(other));
};
export const keysInOrder = (local, lines) => inOrder(local, lines).map(idOf);

const nowInOrder = (lines) => inOrder({ [CHANGED]: localOf(CHANGED), [ORDER]: localOf(ORDER) }, lines);

export const placeInOrder = (lines, id, where, after) =>
  setLocal(ORDER, placeAmong(nowInOrder(lines).map(idOf), id, where, after));

export const setKind = (kind) => setLocal(WISHES, { ...localOf(WISHES), kind });

// ------------------------------------------------------------ confirmation by mail

// At first it is wished for, as on the library's own form (K-29). 0 is no letter.
export const letterTo = (local, choices) => local[WISHES]?.letter_to ?? choices?.[0]?.place ?? 0;

const wishForLetter = (place) => setLocal(WISHES, { ...localOf(WISHES), letter_to: place });

export const confirmByLetter = (choices) =>
  wishForLetter(letterTo({ [WISHES]: localOf(WISHES) }, choices) ? 0 : choices[0].place);
export const sendLetterTo = (place) => wishForLetter(Number(place));

// ------------------------------------------------------------ asking for them

// The library decides again when it is asked; this only spares the patron a way.
const problemWith = (chosen, wishes, today) => {
  if (!chosen.length) return "holds.problem.nothing_chosen";
  if (isTogether(wishes) && chosen.length < 2) return "cart.problem.nothing_to_go_together";
  return wishes.expires_on && wishes.expires_on < today ? "holds.problem.expiry_has_passed" : "";
};

export const checkWishes = (lines, today, confirmation, event) => {
  event.preventDefault();
  const kind = event.nativeEvent?.submitter?.value || ORDINARY;
  const wishes = { ...Object.fromEntries(new FormData(event.target)), kind };
  const problem = problemWith(nowChosen(lines), wishes, today);
  setLocal("page.problem", problem);
  setLocal(WISHES, wishes);
  if (!problem) go(confirmation);
};

export const placeHolds = async (lines, choices, lang, result) => {
  const { pickup_branch, contact_method, expires_on, kind } = localOf(WISHES) ?? {};
  if (pickup_branch === undefined) return; // pressed twice
  const letter = letterTo({ [WISHES]: localOf(WISHES) }, choices);
  const chosen = kind === ORDINARY ? nowChosen(lines) : nowInOrder(lines);
  setLocal(PLACED, chosen.map(idOf));
  setLocal(PLACED_AS, kind);
  setLocal(PLACED_LETTER, letter);
  setLocal(WISHES, undefined);
  go(result);
  for (const line of chosen) {
    const wanted = { record_id: idOf(line), pickup_branch, contact_method, expires_on };
    await act("holds.place", wanted, { ...line, pickup_branch });
  }
  if (kind !== ORDINARY) await arrange(chosen, kind);
  if (letter) await confirm(chosen, letter, lang); // once for all of them, when each has its answer
  setLocal(CHANGED, []);
  setLocal(ORDER, []);
};

const arrange = (chosen, kind) => {
  const records = chosen.map(({ record }) => record);
  const wanted = { series_id: null, kind, record_ids: chosen.map(idOf), when: "placing" };
  return act("holds.arrange", wanted, { record: records[0], records });
};

const confirm = (chosen, letter, lang) => {
  const records = chosen.map(({ record }) => record);
  const wanted = { record_ids: chosen.map(idOf), letter_to: letter, lang };
  return act("holds.confirm", wanted, { record: records[0], records });
};
