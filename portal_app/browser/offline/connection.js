// Whether the library can be reached, as far as this page can honestly know.
import { eventLoop } from "$/utils/context-registry";
import { now, show } from "$/utils/offline/view";

const FAILURES_UNTIL_OFFLINE = 3;
const PATIENCE_MS = 3000;
const SAID_FOR_MS = 6000;
const OF_THE_SERVER = "reflex___state";

export const isWithoutServer = () => ["reconnecting", "offline"].includes(now().connection);

const isOffTheNetwork = () => typeof navigator !== "undefined" && navigator.onLine === false;

const lost = () => show({ connection: isOffTheNetwork() ? "offline" : "reconnecting" });

// A laptop without a network still reaches the portal that it serves itself.
const isReached = () =>
  fetch("/ping", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );

const isReachedAgain = () => {
  show({ connection: "online", declined: 0, isBack: isWithoutServer() });
  setTimeout(() => show({ isBack: false }), SAID_FOR_MS);
};

let isSocketOpen = false;

// ``failures`` since the page was last connected.
export const noteFailures = (failures) => {
  if (!failures || now().connection === "online") return;
  const isHopeless = isOffTheNetwork() || failures >= FAILURES_UNTIL_OFFLINE;
  show({ connection: isHopeless ? "offline" : "reconnecting" });
};

// `goOn` is called when the library is reached again by a connection that was never closed.
export const watchConnection = (goOn) => {
  // Hooks that Reflex calls for its instrumentation: the only exact word on its socket.
  const others = window.__reflex_otel;
  window.__reflex_otel = {
    ...others,
    onSocketConnect: (...said) => {
      isSocketOpen = true;
      isReachedAgain();
      others?.onSocketConnect?.(...said);
    },
    onSocketDisconnect: (...said) => {
      isSocketOpen = false;
      lost();
      others?.onSocketDisconnect?.(...said);
    },
  };
  window.addEventListener("offline", async () => {
    if (!(await isReached())) show({ connection: "offline" });
  });
  window.addEventListener("online", async () => {
    if (now().connection === "offline") lost();
    eventLoop.addEvents([], []); // connects at once
    if (!isSocketOpen || !(await isReached())) return;
    isReachedAgain();
    goOn();
  });
  if (isOffTheNetwork()) show({ connection: "offline" });
};

// ------------------------------------------------------------ events that need the server

const namesOf = (events) => [events].flat(Infinity).map((event) => event?.name ?? "");

export const decline = () => show({ declined: now().declined + 1 });

const stopBrowser = (events, args, actions) => {
  const all = [actions, ...[events].flat(Infinity).map((event) => event?.event_actions)];
  if (!all.some((one) => one?.preventDefault)) return;
  [args].flat().find((one) => one?.preventDefault)?.preventDefault();
};

// Reflex would queue such an event, hold back every later one behind it, and lose it with the
// page. Better that nothing happens and the page says why.
export const declineWithoutServer = () => {
  let pass = eventLoop.addEvents;
  const gate = (events, args, actions) => {
    const names = namesOf(events).filter((name) => name.startsWith(OF_THE_SERVER));
    if (!names.length || !isWithoutServer()) return pass(events, args, actions);
    stopBrowser(events, args, actions);
    const isAsked = !actions?.temporal && !names.some((name) => name.endsWith("_exception"));
    return isAsked ? decline() : undefined;
  };
  // Reflex sets it anew at every render.
  Object.defineProperty(eventLoop, "addEvents", {
    configurable: true,
    get: () => gate,
    set: (theirs) => {
      pass = theirs;
    },
  });
};
