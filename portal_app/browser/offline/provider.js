// Puts the offline part between Reflex's socket and its store, before the first connection.
import { createElement, Fragment, useContext, useEffect } from "react";
import { useLocation } from "react-router";
import {
  app,
  DispatchContext,
  eventLoop,
  EventLoopContext,
  StateStoreContext,
} from "$/utils/context-registry";
import { leavePage } from "$/utils/local";
import {
  declineWithoutServer,
  isWithoutServer,
  noteFailures,
  watchConnection,
} from "$/utils/offline/connection";
import { boot, prepare, readAgain, render, revisions, take } from "$/utils/offline/copy";
import * as device from "$/utils/offline/device";
import { followOut, keepLeaving } from "$/utils/offline/leaving";
import { deliver, deliverAfresh, prepareOutbox } from "$/utils/offline/outbox";
import { prepareSeen, showSeen } from "$/utils/offline/seen";
import { hearOtherTabs } from "$/utils/offline/tabs";
import { now, show, useOffline } from "$/utils/offline/view";
import { unwired } from "$/utils/offline/wire";
import { ReflexEvent } from "$/utils/state";
import { startWorker } from "$/utils/worker";

const COPY_IS_FRESH_MS = 5 * 60 * 1000;
const FILLING_WAITS_AT_MOST_MS = 1000;
const WORKER_WAITS_MS = 2 * 1000; // for a page that is loaded to have all that it needs itself
const WORKER_WAITS_AT_MOST_MS = 5 * 1000;

let wiredTo; // React runs effects twice while developing
let filledAt = 0;

export function OfflineProvider({ config, children }) {
  const store = useContext(StateStoreContext);
  const dispatch = useContext(DispatchContext);
  const [, connectErrors] = useContext(EventLoopContext);
  const { connection, isBooted } = useOffline();
  const { pathname, search } = useLocation();

  // The effects of a child run before those of EventLoopProvider, which connects.
  useEffect(() => {
    if (dispatch === wiredTo) return;
    wiredTo = dispatch;
    wire(config, dispatch, store);
  }, [config, dispatch, store]);
  useEffect(() => noteFailures(connectErrors.length), [connectErrors]);
  useEffect(() => {
    showSeen(pathname + search).catch(reportError);
  }, [pathname, search, connection, isBooted]);
  useEffect(() => {
    leavePage();
    show({ latest: "", declined: 0 });
  }, [pathname]);
  return createElement(Fragment, {}, children);
}

function wire(config, dispatch, store) {
  show({ isKeeping: device.isKeeping(), isTerminal: device.isTerminal() });
  prepare(config, dispatch, store);
  prepareSeen(config, dispatch, store);
  prepareOutbox(config.deliver, render);
  watchConnection(deliverAfresh);
  declineWithoutServer();
  sendEverything();

  // One thing after the other, beginning with what the device has kept.
  let line = letAPressBeHeard().then(boot).catch((problem) => {
    device.cannotKeep();
    show({ isBooted: true, isKeeping: false });
    console.warn("nothing is kept", problem);
  });
  const inLine = (work) => (line = line.then(work).catch(reportError));

  // Reflex hands an update over state by state; they count as a whole.
  let update;
  const hold = (substate) => (delta) => {
    // A state that comes again before its turn is of the next update.
    if (!update || substate in update) {
      const whole = (update = {});
      inLine(() => {
        if (update === whole) update = undefined;
        return take(whole);
      });
    }
    update[substate] = { ...update[substate], ...delta };
  };
  const outbox = dispatch[config.outbox];
  for (const { substate } of Object.values(config.states)) dispatch[substate] = hold(substate);
  dispatch[config.outbox] = (delta) => {
    outbox(delta);
    hold(config.outbox)(delta);
  };

  const root = dispatch[config.root];
  dispatch[config.root] = (delta) => {
    const { is_hydrated: isHydrated } = unwired(delta);
    // Without the server no page is ever hydrated again, and none has to wait for it.
    if (isHydrated === false && isWithoutServer()) return;
    root(delta);
    if (isHydrated) inLine(() => afterLoading(config));
  };

  hearOtherTabs((what) => {
    if (what === "gone") followOut();
    else inLine(readAgain).then(deliver); // in case that tab is closed before it has sent
  });
  document.addEventListener("visibilitychange", () => inLine(readAgain));
  if (device.isLeaving()) {
    show({ connection: "offline" });
    keepLeaving();
  }
  startWorkerAfter(WORKER_WAITS_AT_MOST_MS);
}

// Opening the device's database takes a moment, in which none is heard.
const letAPressBeHeard = () => new Promise((resolve) => setTimeout(resolve));

// Without the server there is none to be had.
const startWorkerAfter = (wait) => setTimeout(() => isWithoutServer() || startWorker(), wait);

// Reflex leaves out what is still as the page was built, where a saved copy may already stand;
// and a change of page without the server would queue an event that holds back all others.
function sendEverything() {
  const { initialEvents, onLoadInternalEvent } = app;
  app.initialEvents = () => initialEvents(false);
  app.onLoadInternalEvent = () => (isWithoutServer() ? [] : onLoadInternalEvent());
}

function afterLoading(config) {
  deliverAfresh();
  startWorkerAfter(WORKER_WAITS_MS);
  whenIdle(() => fill(config));
}

// Safari cannot say when it is.
const whenIdle = (work) => (window.requestIdleCallback ?? setTimeout)(work, { timeout: FILLING_WAITS_AT_MOST_MS });

function fill(config) {
  const { owner, isKeeping } = now();
  if (!owner || !isKeeping || Date.now() - filledAt < COPY_IS_FRESH_MS) return;
  filledAt = Date.now();
  // Browsers that ask the patron first ask only those who have made the portal an app.
  if (matchMedia("(display-mode: standalone)").matches) navigator.storage?.persist?.();
  eventLoop.addEvents([ReflexEvent(config.fill, { known: revisions() })], [], { temporal: true });
}
