// Holds that belong together (K-28, G-33). A patron arranges a draft, which the page alone knows,
// until it is sent as one operation.
import { createElement, useEffect, useRef } from "react";
import { localOf, setLocal } from "$/utils/local";
import { act } from "$/utils/offline/outbox";
import { placeAmong } from "$/utils/order";

const DRAFT = "page.draft";
const TICKED = "page.ticked";
const NO_DRAFT = { is_open: false, series_id: null, number: null, kind: "in_order", record_ids: [] };

const idOf = (hold) => hold.record.record_id;
const byPlace = (one, other) => one.series_place - other.series_place;
const ofSeries = (holds, seriesId) => (holds ?? []).filter(({ series_id }) => series_id === seriesId);

// ------------------------------------------------------------ as it stands

// What the library has set aside comes first and stays there; the page says why.
export const isFixed = ({ state }) => state !== "waiting";

export const membersOf = (holds, seriesId) => ofSeries(holds, seriesId).sort(byPlace);

export const seriesAmong = (holds) => {
  const first = new Map();
  for (const hold of holds ?? []) if (hold.series_id !== null) first.set(hold.series_id, hold);
  return [...first.values()]
    .map(({ series_id, series_number: number, series_kind: kind }) => ({ series_id, number, kind }))
    .sort((one, other) => one.number - other.number);
};

export const looseAmong = (holds) =>
  (holds ?? []).filter((hold) => !isFixed(hold) && hold.series_id === null);

// ------------------------------------------------------------ ticking

export const isHoldTicked = (local, hold) => (local[TICKED] ?? []).includes(idOf(hold));
export const holdsTicked = (local, holds) => looseAmong(holds).filter((hold) => isHoldTicked(local, hold));
export const tickHold = (hold) => {
  const ticked = localOf(TICKED) ?? [];
  const others = ticked.filter((one) => one !== idOf(hold));
  setLocal(TICKED, others.length < ticked.length ? others : [...ticked, idOf(hold)]);
};

// ------------------------------------------------------------ the draft

export const draftOf = (local) => ({ ...NO_DRAFT, ...local[DRAFT] });

const draftNow = () => draftOf({ [DRAFT]: localOf(DRAFT) });
const redraft = (change) => setLocal(DRAFT, { ...draftNow(), ...change });

// A hold may have ended, or joined another series, since the draft was begun.
const canJoin = (draft, hold) => !isFixed(hold) && [null, draft.series_id].includes(hold.series_id);

const drafted = (draft, holds) =>
  draft.record_ids.flatMap((id) => (holds ?? []).filter((hold) => idOf(hold) === id && canJoin(draft, hold)));

export const draftRows = (local, holds) => drafted(draftOf(local), holds);
export const draftKeys = (local, holds) => draftRows(local, holds).map(idOf);

export const draftOthers = (local, holds) => {
  const draft = draftOf(local);
  return (holds ?? []).filter((hold) => canJoin(draft, hold) && !draft.record_ids.includes(idOf(hold)));
};

const fixedIn = (draft, holds) =>
  draft.series_id === null ? [] : membersOf(holds, draft.series_id).filter(isFixed);
export const draftFixed = (local, holds) => fixedIn(draftOf(local), holds);

// Nothing is a series alone.
export const isDraftTooShort = (local, holds) =>
  draftFixed(local, holds).length + draftRows(local, holds).length < 2;

export const beginSeries = (holds) => {
  const ticked = holdsTicked({ [TICKED]: localOf(TICKED) }, holds);
  setLocal(DRAFT, { ...NO_DRAFT, is_open: true, record_ids: ticked.map(idOf) });
};

export const regroupSeries = (holds, series) => {
  const waiting = membersOf(holds, series.series_id).filter((hold) => !isFixed(hold));
  setLocal(DRAFT, { is_open: true, ...series, record_ids: waiting.map(idOf) });
};

const backToTop = () => document.querySelector("h1")?.focus();

export const leaveDraft = () => {
  setLocal(DRAFT, undefined);
  backToTop();
};

export const setDraftKind = (kind) => redraft({ kind });
export const takeIn = (hold) => redraft({ record_ids: [...draftNow().record_ids, idOf(hold)] });
export const takeOut = (hold) =>
  redraft({ record_ids: draftNow().record_ids.filter((one) => one !== idOf(hold)) });

export const placeInDraft = (id, where, after) =>
  redraft({ record_ids: placeAmong(draftNow().record_ids, id, where, after) });

// ------------------------------------------------------------ sending

const shownOf = (holds) => {
  const records = holds.map(({ record }) => record);
  return { record: records[0], records };
};

export const sendDraft = (holds) => {
  const draft = draftNow();
  const rows = drafted(draft, holds);
  const { series_id, kind } = draft;
  setLocal(TICKED, []);
  leaveDraft();
  const record_ids = rows.map(idOf);
  return act("holds.arrange", { series_id, kind, record_ids, when: "later" }, shownOf([...fixedIn(draft, holds), ...rows]));
};

export const dissolveSeries = (holds, { series_id, kind }) =>
  act("holds.arrange", { series_id, kind, record_ids: [], when: "later" }, shownOf(membersOf(holds, series_id)));

// Whoever has opened a draft goes on at its heading: the button that was pressed is gone.
export function DraftHeading({ children, ...attributes }) {
  const heading = useRef(null);
  useEffect(() => heading.current?.focus(), []);
  return createElement("h2", { ...attributes, ref: heading, tabIndex: -1 }, children);
}
