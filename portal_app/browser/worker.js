// Starts the service worker, and keeps the pages of the latest release on the device.
const HALF_AN_HOUR_MS = 30 * 60 * 1000;
const SECONDS_TO_INSTALL_MS = 10 * 1000;
const TAKEN = "portal.taken-release";

const look = async () => {
  try {
    const registration = await navigator.serviceWorker?.getRegistration();
    await registration?.update();
    return registration;
  } catch {
    return undefined; // without a connection there is nothing newer to be found
  }
};

let isStarted = false;

export const startWorker = async () => {
  if (isStarted || !("serviceWorker" in navigator)) return;
  isStarted = true;
  try {
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  } catch (refusal) {
    console.warn("no worker", refusal);
    isStarted = false; // the next page to be loaded tries once more
    return;
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
  setInterval(look, HALF_AN_HOUR_MS);
  // A server that was away may have come back with another release.
  const others = window.__reflex_otel;
  window.__reflex_otel = {
    ...others,
    onSocketConnect: (...said) => {
      look();
      others?.onSocketConnect?.(...said);
    },
  };
};

const installed = (worker) =>
  new Promise((resolve) => {
    const settle = () => ["activated", "redundant"].includes(worker.state) && resolve();
    worker.addEventListener("statechange", settle);
    setTimeout(resolve, SECONDS_TO_INSTALL_MS);
    settle();
  });

// The server is of another release than this page, which can no longer speak to it. The new
// pages are kept first: on a slow line the worker would open the old ones again. Once for each
// release, since two servers behind one address may disagree for a while.
export const takeRelease = async (ours, theirs) => {
  const change = `${ours} ${theirs}`;
  if (sessionStorage.getItem(TAKEN) === change) return;
  sessionStorage.setItem(TAKEN, change);
  const registration = await look();
  const incoming = registration?.installing ?? registration?.waiting;
  if (incoming) await installed(incoming);
  window.location.reload();
};
