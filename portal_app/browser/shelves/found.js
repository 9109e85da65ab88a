// What was ticked on the way through the stacks. It stays on this device, so that a phone that
// puts its browser away between two shelves still knows it, and goes with everything else there.
import { createElement, useEffect } from "react";
import { localOf, setLocal, useLocal } from "$/utils/local";
import { reading, writing } from "$/utils/offline/database";
import { isKeeping, isLeaving } from "$/utils/offline/device";
import { now, useOffline } from "$/utils/offline/view";

const FOUND = "walking.found";
const STORE = "about";
const MOST = 5000;

const ofOwner = (kept, owner) => (kept?.owner === owner && Array.isArray(kept.record_ids) ? kept.record_ids : []);

export const foundOf = (local, { owner }) => ofOwner(local[FOUND], owner);
export const isFound = (local, offline, recordId) => foundOf(local, offline).includes(recordId);
export const countFound = (local, offline, recordIds) =>
  foundOf(local, offline).filter(Set.prototype.has, new Set(recordIds)).length;

const remember = (owner, recordIds) => setLocal(FOUND, { owner, record_ids: recordIds });

// Another tab may have ticked something meanwhile: only the change is written.
const keep = async (owner, change) => {
  if (!isKeeping() || isLeaving()) return;
  await writing(async (ask) => {
    const recordIds = change(ofOwner(await ask(STORE, "get", "found"), owner)).slice(-MOST);
    await ask(STORE, "put", { owner, record_ids: recordIds }, "found");
    remember(owner, recordIds);
  });
};

const become = async (change) => {
  const { owner } = now();
  if (!owner) return;
  remember(owner, change(foundOf({ [FOUND]: localOf(FOUND) }, { owner })));
  await keep(owner, change).catch(reportError); // then this tab remembers it
};

const without = (recordIds, gone) => recordIds.filter((recordId) => !gone.includes(recordId));

export const tick = (recordId, isTicked) =>
  become((before) => [...without(before, [recordId]), ...(isTicked ? [recordId] : [])]);
export const tickNone = (recordIds) => become((before) => without(before, recordIds));

const recall = async () => {
  const { owner } = now();
  if (!owner || !isKeeping()) return;
  const kept = await reading((ask) => ask(STORE, "get", "found"));
  // What was ticked before the device has answered is written behind this, and shown again.
  if (kept?.owner === owner) remember(owner, ofOwner(kept, owner));
};

// A box knows by itself whether it is ticked: a thousand of them are not drawn anew for one.
export function FoundBox({ recordId, ...attributes }) {
  const local = useLocal();
  const offline = useOffline();
  return createElement("input", {
    ...attributes,
    type: "checkbox",
    checked: isFound(local, offline, recordId),
    onChange: ({ target }) => tick(recordId, target.checked),
  });
}

// Looks for what this device remembers: at first, and when the phone is taken out again.
export function Recollection() {
  const { owner } = useOffline();
  useEffect(() => {
    const look = () => recall().catch(reportError);
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [owner]);
  return null;
}
