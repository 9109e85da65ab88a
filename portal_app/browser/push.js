// Notices on this device: what stands against them, and switching them on and off. What a notice
// looks like is the worker's business (worker_of_notices.js).
import { useEffect } from "react";
import { eventLoop } from "$/utils/context-registry";
import { setLocal } from "$/utils/local";
import * as device from "$/utils/offline/device";
import { now } from "$/utils/offline/view";
import { ReflexEvent } from "$/utils/state";

const OBSTACLE = "page.push_obstacle";
const IS_BUSY = "page.push_is_busy";

const send = (event, payload) => eventLoop.addEvents([ReflexEvent(event, payload)]);

const managerHere = async () => (await navigator.serviceWorker.getRegistration())?.pushManager;

// Safari tells of notices only to what was opened from the home screen.
const obstacle = () => {
  if (device.isTerminal()) return "terminal";
  if (!("PushManager" in window && "Notification" in window && "serviceWorker" in navigator))
    return navigator.standalone === false ? "install_first" : "unsupported";
  return Notification.permission === "denied" ? "denied" : "";
};

export const look = async (event) => {
  const against = obstacle();
  setLocal(OBSTACLE, against);
  if (against) return;
  const subscription = await (await managerHere())?.getSubscription();
  send(event, { endpoint: subscription?.endpoint ?? "" });
};

// Asks the browser once the server has said that it sends.
export function PushHere({ publicKey, event }) {
  useEffect(() => {
    // Not at once: what the page remembers is forgotten when it is opened.
    if (publicKey) Promise.resolve(event).then(look).catch(reportError);
  }, [publicKey, event]);
  return null;
}

const whileBusy = async (work) => {
  setLocal(IS_BUSY, true);
  setLocal(OBSTACLE, "");
  const against = await work().catch(() => "failed");
  setLocal(OBSTACLE, against ?? "");
  setLocal(IS_BUSY, false);
};

export const switchOn = (event, publicKey, lang) =>
  whileBusy(async () => {
    const permission = await Notification.requestPermission();
    if (permission !== "granted") return permission === "denied" ? "denied" : "not_allowed";
    const manager = await managerHere();
    if (!manager) return "failed";
    // One for another key, or for somebody else, would stand in the way.
    await (await manager.getSubscription())?.unsubscribe();
    device.pushTo(now().owner);
    const how = { userVisibleOnly: true, applicationServerKey: publicKey };
    const { endpoint, keys } = (await manager.subscribe(how)).toJSON();
    send(event, { endpoint, public_key: keys.p256dh, secret: keys.auth, lang });
    return "";
  });

export const switchOff = (event) =>
  whileBusy(async () => {
    const endpoint = await device.endPush();
    send(event, { endpoint });
    return "";
  });
