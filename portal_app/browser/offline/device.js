// What this device keeps, and for how long. Nothing else of the portal writes to it,
// except how the pages look (display.js).
import { openDB } from "idb";

const KEEP = "portal.keep";
const TERMINAL = "portal.terminal";
const OLDEST_MS = 14 * 24 * 3600 * 1000;
const MOST_SEEN = 120;
const MOST_SETTLED = 100;
const DURABLE = { durability: "strict" }; // on the disk before the patron is told

const inBrowser = typeof window !== "undefined";

const marks = {
  read: (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // a private window may refuse
    }
  },
  write: (name, value) => {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch {
      // Then it holds for as long as the page is open.
    }
  },
};

// ------------------------------------------------------------ may this device keep anything?

export const isTerminal = () => marks.read(TERMINAL) === "yes";
export const isKeeping = () => !isTerminal() && marks.read(KEEP) !== "no";

export const choosesToKeep = (keeps) => marks.write(KEEP, keeps ? null : "no");
export const becomeTerminal = (is) => marks.write(TERMINAL, is ? "yes" : null);

// The library opens its own machines at an address with ?terminal=1 once.
if (inBrowser) {
  const asked = new URLSearchParams(window.location.search).get("terminal");
  if (asked === "1" || asked === "0") becomeTerminal(asked === "1");
}

// ------------------------------------------------------------ a sign-out the server must hear of

const LEAVING = "portal.leaving";
const ARRIVING = "portal.arriving";

export const isLeaving = () => marks.read(LEAVING) !== null;
export const leave = () => marks.write(LEAVING, "yes");
export const hasLeft = () => marks.write(LEAVING, null);

// Somebody has just typed a card number: until the server says who, nobody's copy is shown.
export const isArriving = () => marks.read(ARRIVING) !== null;
export const arrive = () => marks.write(ARRIVING, "yes");
export const hasArrived = () => marks.write(ARRIVING, null);

// ------------------------------------------------------------ the database

let opening;
const database = () =>
  (opening ??= openDB("portal", 1, {
    upgrade(db) {
      db.createObjectStore("about");
      db.createObjectStore("copies");
      db.createObjectStore("operations", { keyPath: "seq", autoIncrement: true });
      db.createObjectStore("seen", { keyPath: "address" }).createIndex("at", "at");
    },
    blocking: (_have, _wanted, event) => event.target.close(),
    terminated: () => (opening = undefined),
  }));

export const wipe = async () => {
  const stores = ["about", "copies", "operations", "seen"];
  const tx = (await database()).transaction(stores, "readwrite", DURABLE);
  await Promise.all([...stores.map((store) => tx.objectStore(store).clear()), tx.done]);
};

// Returns whose copy this is and what it holds; nothing when it is too old to be shown.
export const readCopy = async (version) => {
  const db = await database();
  const about = await db.get("about", "copy");
  if (!about) return undefined;
  const age = Date.now() - about.confirmedAt;
  if (!isKeeping() || age > OLDEST_MS || age < -OLDEST_MS) {
    await wipe();
    return undefined;
  }
  const tx = db.transaction("copies");
  const [names, copies] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()]);
  const readable = copies.map((copy, at) => [names[at], copy]).filter(([, c]) => c.version === version);
  return {
    owner: about.owner,
    fields: Object.fromEntries(readable.map(([name, copy]) => [name, copy.fields])),
  };
};

// Whoever signs out in another tab must not find the copy written again behind them.
const mayWrite = (owner) => isKeeping() && !isLeaving() && owner !== "";

export const writeCopy = async ({ owner, version, fields }) => {
  if (!mayWrite(owner)) return;
  const tx = (await database()).transaction(["about", "copies"], "readwrite");
  tx.objectStore("about").put({ owner, confirmedAt: Date.now() }, "copy");
  for (const [name, values] of Object.entries(fields))
    tx.objectStore("copies").put({ version, fields: values }, name);
  await tx.done;
};

export const readOperations = async () => (await database()).getAll("operations");

// Returns the operation as kept; without permission to keep, only this tab remembers it.
let notKept = 0;
export const writeOperation = async (operation) => {
  if (!mayWrite(operation.owner)) return { ...operation, seq: (notKept -= 1) };
  const tx = (await database()).transaction("operations", "readwrite", DURABLE);
  const [seq] = await Promise.all([tx.store.put(operation), tx.done]);
  return { ...operation, seq };
};

export const forgetOperations = async (operations) => {
  const tx = (await database()).transaction("operations", "readwrite");
  await Promise.all([...operations.filter((o) => o.seq > 0).map((o) => tx.store.delete(o.seq)), tx.done]);
};

// What has been settled need not be kept for ever.
export const settledTooLongAgo = (operations) => {
  const settled = operations.filter((one) => one.state !== "waiting");
  return settled.slice(0, Math.max(0, settled.length - MOST_SETTLED));
};

// ------------------------------------------------------------ pages that were seen

export const writeSeen = async ({ owner, version, address, substate, fields }) => {
  if (!mayWrite(owner)) return;
  const tx = (await database()).transaction("seen", "readwrite");
  await tx.store.put({ address, substate, version, fields, at: Date.now() });
  for (let more = (await tx.store.count()) - MOST_SEEN; more > 0; more -= 1) {
    const oldest = await tx.store.index("at").openCursor();
    await oldest.delete();
  }
  await tx.done;
};

export const readSeen = async (address, version) => {
  const seen = await (await database()).get("seen", address);
  return seen?.version === version ? seen : undefined;
};

export const readAllSeen = async (version) =>
  (await (await database()).getAll("seen")).filter((seen) => seen.version === version);
