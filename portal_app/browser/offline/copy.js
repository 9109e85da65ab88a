// The screen is `base` (the last values of the server, or the saved copy) and, drawn over it,
// what waits in the outbox. Only `base` is saved, so the screen can always be drawn again.
import { isWithoutServer } from "$/utils/offline/connection";
import * as device from "$/utils/offline/device";
import { settle } from "$/utils/offline/outbox";
import { PROJECTIONS, ready } from "$/utils/offline/projections";
import { now, show } from "$/utils/offline/view";
import { picked, unwired, wired } from "$/utils/offline/wire";

// From components/offline.py: { version, outbox, states: { name: { substate, fields } }, … }
let config;
let raw; // Reflex's own dispatcher of each substate
let first; // each state's values as the page was built, by its name
let base;
let drawn = {}; // what stands on the screen: a state that is still the same is not drawn again

export const prepare = (given, dispatch, store) => {
  config = given;
  raw = { ...dispatch };
  first = {};
  for (const [name, { substate, fields }] of Object.entries(config.states))
    first[name] = picked(unwired(store.getSnapshot(substate)), fields);
  base = first;
};

// ------------------------------------------------------------ drawing

const withEffect = (screen, operation) => {
  const changes = PROJECTIONS[operation.kind]?.(screen, operation) ?? {};
  const changed = ([name, change]) => [name, { ...screen[name], ...change }];
  return { ...screen, ...Object.fromEntries(Object.entries(changes).map(changed)) };
};

export const render = () => {
  const waiting = now().operations.filter(({ state }) => state === "waiting");
  ready(waiting)?.then(render);
  const screen = waiting.reduce(withEffect, base);
  for (const [name, { substate }] of Object.entries(config.states))
    if (drawn[name] !== screen[name]) raw[substate](wired(screen[name]));
  drawn = screen;
  if (config.hasBadge) device.showBadge(now().owner ? screen.SessionState.unread_count : 0);
};

// ------------------------------------------------------------ what the server says

// Takes one update of the server as a whole: who is signed in, what became of operations,
// and the values of the states, in whatever order Reflex names them.
export const take = async (update) => {
  passOnTheRest(update);
  if (device.isLeaving()) return;
  const said = Object.fromEntries(
    Object.entries(config.states)
      .filter(([, { substate }]) => substate in update)
      .map(([name, { substate, fields }]) => [name, picked(unwired(update[substate]), fields)]),
  );
  if (said.SessionState && !(await recognise({ ...base.SessionState, ...said.SessionState }))) return;
  const answers = unwired(update[config.outbox] ?? {}).answers;
  if (answers?.length) await ready(now().operations);
  // What is done stays as it was drawn, wherever the server does not say otherwise below.
  if (answers?.length) base = settle(answers).reduce(withEffect, base);
  const looked = Object.entries(said).filter(
    ([name, fields]) => name !== "SessionState" && { ...base[name], ...fields }.is_loaded,
  );
  if (now().owner) for (const [name, fields] of looked) base = { ...base, [name]: joined(name, fields) };
  render();
  save(["SessionState", ...looked.map(([name]) => name)]).catch(reportError);
};

// Of a merged field, a key that the server does not name stays as it is.
const joined = (name, fields) => {
  const known = { ...base[name], ...fields };
  for (const field of config.states[name].merged)
    known[field] = { ...base[name][field], ...fields[field] };
  return known;
};

// The keys of merged fields in the revisions that this device has.
export const revisions = () =>
  Object.fromEntries(
    Object.entries(config.states).flatMap(([name, { merged }]) =>
      merged.flatMap((field) => Object.entries(base[name][field]).map(([key, one]) => [key, one?.revision ?? ""])),
    ),
  );

// What no device keeps concerns only the pages.
const passOnTheRest = (update) => {
  for (const { substate, fields } of Object.values(config.states)) {
    const values = unwired(update[substate] ?? {});
    const rest = Object.keys(values).filter((name) => !fields.includes(name));
    if (rest.length) raw[substate](wired(picked(values, rest)));
  }
};

// Returns whether the server has said who is signed in. Somebody else's copy is never shown.
const recognise = async (session) => {
  if (!session.is_known) return false;
  device.hasArrived();
  device.hearTerminal(session.is_terminal);
  const wasTerminal = now().isTerminal;
  show({ isTerminal: device.isTerminal(), isKeeping: device.isKeeping() });
  if (now().isTerminal && !wasTerminal) await device.wipe();
  if (now().isTerminal || (session.owner && device.pushesToAnother(session.owner)))
    device.endPush().catch(reportError);
  if (!session.owner) {
    // Hidden, not forgotten: the same patron finds it again after signing in.
    base = { ...first, SessionState: session };
    show({ owner: "", isKnown: true });
    return true;
  }
  if (keeper && keeper !== session.owner) {
    base = first;
    show({ operations: [] });
    await device.wipe();
  }
  keeper = session.owner;
  base = { ...base, SessionState: session };
  show({ owner: keeper, isKnown: true });
  return true;
};

// Whose copy and operations this device has.
let keeper = "";

const save = async (names) => {
  const { owner } = now();
  if (!owner) return;
  const fields = Object.fromEntries(names.map((name) => [name, base[name]]));
  await device.writeCopy({ owner, version: config.version, fields });
};

// ------------------------------------------------------------ what the device has kept

export const boot = async () => {
  const copy = await device.readCopy(config.version);
  const operations = copy ? (await device.readOperations()).filter((o) => o.owner === copy.owner) : [];
  keeper = copy?.owner ?? "";
  const mayShow = copy && !device.isArriving();
  if (mayShow) base = { ...base, ...copy.fields };
  show({ operations, owner: mayShow ? keeper : "", isBooted: true });
  if (mayShow) render();
};

// Another tab has saved values or operations, or the page is looked at again after a while: what
// is older than it may be is shown no longer.
export const readAgain = async () => {
  const { owner, isKeeping } = now();
  const copy = await device.readCopy(config.version);
  if (!copy && owner && isKeeping && isWithoutServer()) return forget();
  if (!copy || copy.owner !== owner) return undefined;
  base = { ...base, ...copy.fields };
  show({ operations: await device.readOperations() });
  return render();
};

export const forget = () => {
  keeper = "";
  base = first;
  show({ owner: "", operations: [], latest: "" });
  render();
};
