// Signing out: this device forgets first, and the server hears of it as soon as it can.
import { forgetAccountsDisplay } from "$/utils/display";
import { forgetDrafts } from "$/utils/drafts";
import { forgetLocal } from "$/utils/local";
import { forget } from "$/utils/offline/copy";
import * as device from "$/utils/offline/device";
import { tellOtherTabs } from "$/utils/offline/tabs";

const SIGN_OUT = "/auth/sign-out";
const SIGNED_OUT = "/sign-in?problem=signed_out";
const TOKEN = "token"; // Reflex's key of this tab on the server

// Another tab may have told the server meanwhile.
const leaveFrom = (endpoint) => device.isLeaving() && device.leave(endpoint);

const go = (address) => {
  sessionStorage.removeItem(TOKEN);
  window.location.assign(address);
};

export const signOut = async (event) => {
  event?.preventDefault?.();
  device.leave();
  tellOtherTabs("gone");
  forgetLocal();
  forgetDrafts();
  forgetAccountsDisplay();
  forget();
  await Promise.allSettled([device.wipe(), device.endPush().then(leaveFrom)]);
  await finishLeaving();
  go(SIGNED_OUT);
};

// Returns whether the server has ended the session.
export const finishLeaving = async () => {
  const asked = { method: "POST", redirect: "manual", credentials: "same-origin" };
  const body = new URLSearchParams({ endpoint: device.leftFrom() });
  const signal = AbortSignal.timeout(5000);
  const response = await fetch(SIGN_OUT, { ...asked, body, signal }).catch(() => null);
  // The answer is a redirect, which a script is not shown: "opaque" is a yes.
  const isOver = response !== null && (response.ok || response.type === "opaqueredirect");
  if (!isOver) return false;
  device.hasLeft();
  return true;
};

// A sign-out that the server has not heard of: again and again, and the page stays empty until
// then. Another tab may have been the one to tell it.
export const keepLeaving = async () => {
  if (!device.isLeaving() || (await finishLeaving())) go(window.location.href);
  else setTimeout(keepLeaving, 3000);
};

// Another tab has signed out.
export const followOut = () => {
  forgetLocal();
  forgetDrafts();
  forgetAccountsDisplay();
  forget();
  go(SIGNED_OUT);
};
