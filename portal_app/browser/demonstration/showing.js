// Which showing of the demonstration this is, and what the one before it has left on this device.
import { useEffect } from "react";
import { ahead, knownEdition, note } from "$/utils/demonstration/ahead";
import { forgetLocal } from "$/utils/local";
import { forget } from "$/utils/offline/copy";
import * as device from "$/utils/offline/device";

const TOKEN = "token"; // Reflex's key of this tab on the server

// Everything has been put back, or this is another library: nothing from before is true here.
// Whatever of it would be sent the server takes for somebody else's, with or without this.
const beginAfresh = async () => {
  forgetLocal();
  forget();
  await Promise.allSettled([device.wipe(), device.endPush()]);
  sessionStorage.removeItem(TOKEN);
  window.location.reload();
};

export function Showing({ edition, seconds }) {
  useEffect(() => {
    if (!edition) return;
    const before = knownEdition();
    if (before !== edition || ahead() !== seconds * 1000) note({ edition, ahead: seconds * 1000 });
    if (before && before !== edition) beginAfresh().catch(reportError);
  }, [edition, seconds]);
  return null;
}

const BETWEEN_LOOKS_MS = 3000;

// Looks again and again for as long as it is drawn and somebody can see it.
export function LookAgain({ onTime }) {
  useEffect(() => {
    const look = () => document.visibilityState === "visible" && onTime();
    const timer = setInterval(look, BETWEEN_LOOKS_MS);
    return () => clearInterval(timer);
  }, [onTime]);
  return null;
}
