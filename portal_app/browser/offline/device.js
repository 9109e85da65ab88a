// What this device keeps, and for how long. Nothing else of the portal writes to it,
// except how the pages look (display.js) and what was ticked (../shelves/found.js).
import { reading, STORES, writing } from "$/utils/offline/database";

const KEEP = "portal.keep";
const TERMINAL = "portal.terminal";
const OLDEST_MS = 14 * 24 * 3600 * 1000;
const MOST_SEEN = 120;

const inBrowser = typeof window !== "undefined";

export const marks = {
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

export const isTerminal = () => marks.read(TERMINAL) !== null;
export const isKeeping = () => !isRefused && !isTerminal() && marks.read(KEEP) !== "no";

// A private window may have no database, whatever the patron wishes.
let isRefused = false;
export const cannotKeep = () => {
  isRefused = true;
};

export const choosesToKeep = (keeps) => marks.write(KEEP, keeps ? null : "no");

// What the server says holds until it says otherwise: a phone may have been in the library's
// network for an hour. What the library has said at the machine itself stays.
const BY_SERVER = "server";
export const hearTerminal = (is) => {
  const mark = marks.read(TERMINAL);
  if (is && mark === null) marks.write(TERMINAL, BY_SERVER);
  if (!is && mark === BY_SERVER) marks.write(TERMINAL, null);
};

// The library opens its own machines at an address with ?terminal=1 once.
if (inBrowser) {
  const asked = new URLSearchParams(window.location.search).get("terminal");
  if (asked === "1" || asked === "0") marks.write(TERMINAL, asked === "1" ? "address" : null);
}

// ------------------------------------------------------------ notices from the library

// Whose they are. The browser keeps where they come, and nothing shows it whose that is.
const PUSH = "portal.push";
const PATIENCE_MS = 2000;

export const pushTo = (owner) => marks.write(PUSH, owner);
export const pushesToAnother = (owner) => ![null, owner].includes(marks.read(PUSH));

export const showBadge = (count) => navigator.setAppBadge?.(count).catch(() => undefined);

// Without the server, too. Returns where they came, for the server to forget it.
export const endPush = async () => {
  showBadge(0);
  if (marks.read(PUSH) === null) return "";
  marks.write(PUSH, null);
  const registration = await navigator.serviceWorker.getRegistration();
  for (const notice of await registration.getNotifications()) notice.close();
  const subscription = await registration.pushManager.getSubscription();
  await Promise.race([
    subscription?.unsubscribe(),
    new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)),
  ]);
  return subscription?.endpoint ?? "";
};

// ------------------------------------------------------------ a sign-out the server must hear of

const LEAVING = "portal.leaving";
const ARRIVING = "portal.arriving";

export const isLeaving = () => marks.read(LEAVING) !== null;
export const leave = (endpoint = "") => marks.write(LEAVING, endpoint);
export const leftFrom = () => marks.read(LEAVING) ?? "";
export const hasLeft = () => marks.write(LEAVING, null);

// Somebody has just typed a card number: until the server says who, nobody's copy is shown.
export const isArriving = () => marks.read(ARRIVING) !== null;
export const arrive = () => marks.write(ARRIVING, "yes");
export const hasArrived = () => marks.write(ARRIVING, null);

// ------------------------------------------------------------ the copy

export const wipe = () => writing((ask) => Promise.all(STORES.map((store) => ask(store, "clear"))));

// Returns whose copy this is and what it holds; nothing when it is too old to be shown.
export const readCopy = async (version) => {
  const [about, names, copies] = await reading((ask) =>
    Promise.all([ask("about", "get", "copy"), ask("copies", "getAllKeys"), ask("copies", "getAll")]),
  );
  if (!about) return undefined;
  if (!isKeeping() || Math.abs(Date.now() - about.confirmedAt) > OLDEST_MS) {
    await wipe();
    return undefined;
  }
  const readable = names
    .map((name, at) => [name, copies[at]])
    .filter(([, copy]) => copy.version === version)
    .map(([name, copy]) => [name, copy.fields]);
  return { owner: about.owner, fields: Object.fromEntries(readable) };
};

// Whoever signs out in another tab must not find the copy written again behind them.
const mayWrite = (owner) => isKeeping() && !isLeaving() && owner !== "";

export const writeCopy = async ({ owner, version, fields }) => {
  if (!mayWrite(owner)) return;
  await writing((ask) =>
    Promise.all([
      ask("about", "put", { owner, confirmedAt: Date.now() }, "copy"),
      ...Object.entries(fields).map(([name, values]) =>
        ask("copies", "put", { version, fields: values }, name),
      ),
    ]),
  );
};

// ------------------------------------------------------------ operations

export const readOperations = () => reading((ask) => ask("operations", "getAll"));

// Returns the operation as kept. Without permission to keep, or where the browser refuses to,
// only this tab remembers it.
let notKept = 0;
export const writeOperation = async ({ seq: known, ...operation }) => {
  const onlyHere = () => ({ ...operation, seq: known ?? (notKept -= 1) });
  if (!mayWrite(operation.owner)) return onlyHere();
  const written = known > 0 ? { ...operation, seq: known } : operation;
  return writing((ask) => ask("operations", "put", written)).then(
    (seq) => ({ ...operation, seq }),
    onlyHere,
  );
};

export const forgetOperations = async (operations) => {
  const kept = operations.filter(({ seq }) => seq > 0);
  if (!kept.length) return;
  await writing((ask) => Promise.all(kept.map(({ seq }) => ask("operations", "delete", seq))));
};

// ------------------------------------------------------------ pages that were seen

export const writeSeen = async ({ owner, ...seen }) => {
  if (!mayWrite(owner)) return;
  await writing(async (ask) => {
    const known = await ask("seen", "getAllKeys");
    await ask("seen", "put", { ...seen, at: Date.now() });
    if (known.length < MOST_SEEN) return;
    const [oldest] = (await ask("seen", "getAll")).sort((one, other) => one.at - other.at);
    await ask("seen", "delete", oldest.address);
  });
};

export const readAllSeen = async (version) =>
  (await reading((ask) => ask("seen", "getAll"))).filter((seen) => seen.version === version);
