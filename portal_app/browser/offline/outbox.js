// What the patron does is written down first, shown at once, and sent until the library has
// answered it by its number. The library does each number once, however often it is sent.
import { eventLoop } from "$/utils/context-registry";
import { libraryTime } from "$/utils/days";
import { go } from "$/utils/frame";
import { isWithoutServer } from "$/utils/offline/connection";
import * as device from "$/utils/offline/device";
import { tellOtherTabs } from "$/utils/offline/tabs";
import { now, show, showAtOnce, until } from "$/utils/offline/view";
import { generateUUID, ReflexEvent } from "$/utils/state";

const AT_ONCE = 20;
const LONGEST_FRAME = 48000; // the shield lets in a little more
const ANSWERED_WITHIN_MS = 5000;
const LONGEST_PAUSE_MS = 60000;
const MOST_TRIES = 6;
const MOST_SETTLED = 100;
export const NO_ANSWER = "outbox.refusal.no_answer";

let deliverEvent; // the full name of OutboxState.deliver
let redraw;

export const prepareOutbox = (eventName, render) => {
  deliverEvent = eventName;
  redraw = render;
};

const waiting = () => now().operations.filter(({ state, owner }) => state === "waiting" && owner === now().owner);

// ------------------------------------------------------------ doing

// A page that has just been opened does not know yet who is signed in.
const untilKnown = () => until(({ isKnown, owner }) => isKnown || owner || isWithoutServer());

// What a stranger wished for is done after signing in (K-05).
const askWhoItIs = (kind, { record_id: recordId }) => {
  const { pathname, search } = window.location;
  const errand = { next: pathname + search, ...(kind === "cart.add" ? { wish: recordId } : {}) };
  return go(`/sign-in?${new URLSearchParams(errand)}`);
};

const isTheSame = (one, other) =>
  one.kind === other.kind && JSON.stringify(one.payload) === JSON.stringify(other.payload);

// Does something for the patron. `shown` is what the pages show of it meanwhile; it stays here.
export const act = async (kind, payload, shown = {}) => {
  await untilKnown();
  if (!now().owner) return askWhoItIs(kind, payload);
  // The number only has to be this patron's own; `crypto.randomUUID` needs HTTPS.
  const operation = {
    ...{ id: generateUUID(), kind, payload, shown, owner: now().owner },
    ...{ at: libraryTime(), state: "waiting", answer: null },
  };
  const before = waiting().at(-1);
  if (before && isTheSame(operation, before)) return showAtOnce({ latest: before.id }); // a double click
  const kept = await device.writeOperation(operation);
  // Another tab's word may have brought it here already.
  const others = now().operations.filter(({ id }) => id !== kept.id);
  // Dialogs say what became of an operation by its number: one that they do not find is over.
  showAtOnce({ operations: [...others, kept], latest: kept.id });
  redraw();
  tellOtherTabs("changed");
  deliver();
};

export const replace = async (changed) => {
  const put = (ones, become) => {
    const found = ({ id }) => ones.find((other) => other.id === id);
    show({ operations: now().operations.map((one) => (found(one) ? become(one, found(one)) : one)) });
  };
  put(changed, (_one, other) => other);
  redraw();
  const kept = await Promise.all(changed.map(device.writeOperation));
  put(kept, (one, { seq }) => ({ ...one, seq })); // kept only now, if it was not before
  tellOtherTabs("changed");
};

export const settledOnes = () => now().operations.filter((one) => one.state !== "waiting");

export const forgetOperations = async (operations) => {
  show({ operations: now().operations.filter((one) => !operations.includes(one)) });
  redraw();
  await device.forgetOperations(operations);
  tellOtherTabs("changed");
};

// ------------------------------------------------------------ answers

let answered = () => {};

// Returns what is done.
export const settle = (answers) => {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  const settled = waiting()
    .filter(({ id }) => byId.has(id))
    .map((one) => ({ ...one, ...resultOf(byId.get(one.id)) }));
  if (settled.length) replace(settled).then(forgetOld);
  answered();
  return settled.filter(({ state }) => state === "done");
};

const resultOf = (answer) => ({ state: answer.is_done ? "done" : "refused", answer });

const forgetOld = () => {
  const old = settledOnes().slice(0, -MOST_SETTLED);
  if (old.length) forgetOperations(old);
};

// ------------------------------------------------------------ sending

let tries = 0;
let again;
let isDelivering = false;
let isWanted = false;

// Sends what waits, and goes on until nothing does or the connection is gone.
export const deliver = async () => {
  isWanted = true;
  if (isDelivering) return;
  isDelivering = true;
  clearTimeout(again);
  try {
    while (isWanted) {
      isWanted = false;
      await alone(deliverSome);
    }
  } finally {
    isDelivering = false;
  }
};

// After a new connection nothing that went wrong before counts.
export const deliverAfresh = () => {
  tries = 0;
  return deliver();
};

const deliverSome = async () => {
  let room = LONGEST_FRAME;
  const operations = waiting()
    .slice(0, AT_ONCE)
    .map(({ id, kind, payload }) => ({ id, kind, payload }))
    .filter((one, at) => (room -= JSON.stringify(one).length) > 0 || at === 0);
  if (!operations.length || now().connection !== "online") return;
  const answer = new Promise((resolve) => {
    answered = resolve;
    setTimeout(resolve, ANSWERED_WITHIN_MS);
  });
  // Temporal: dropped, not queued, when the connection is gone. Reflex would hold back
  // every other event of the page behind a queued one.
  const event = ReflexEvent(deliverEvent, { owner: now().owner, operations });
  eventLoop.addEvents([event], [], { temporal: true });
  await answer;
  const left = waiting();
  if (left.length && left[0].id === operations[0].id) return pause(left[0]);
  tries = 0;
  isWanted = left.length > 0;
};

const pause = async (stuck) => {
  tries += 1;
  if (tries >= MOST_TRIES && now().connection === "online") {
    // The library answers everything else, so it must be this one: it may not block the others.
    tries = 0;
    const answer = { id: stuck.id, is_done: false, reason: NO_ANSWER };
    await replace([{ ...stuck, ...resultOf(answer) }]);
    isWanted = true;
    return;
  }
  again = setTimeout(deliver, Math.min(LONGEST_PAUSE_MS, 2000 * 2 ** tries));
};

// One tab at a time, where browsers can; two would do no harm, only the same work twice.
const alone = (work) => {
  if (!navigator.locks) return work();
  return navigator.locks.request("portal-outbox", { ifAvailable: true }, (lock) => {
    if (lock) return work();
    if (waiting().length) again = setTimeout(deliver, ANSWERED_WITHIN_MS);
    return undefined;
  });
};
