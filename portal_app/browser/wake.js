// Keeps the screen on while a page is looked at, where the browser knows how to.
import { useEffect, useRef } from "react";

export function Awake({ onLeave }) {
  const leave = useRef(onLeave);
  useEffect(() => {
    leave.current = onLeave;
  });
  useEffect(() => {
    let isHere = true;
    let lock;

    // The browser lets go of the lock by itself whenever the page is out of sight.
    const look = async () => {
      if (document.visibilityState !== "visible") {
        leave.current?.();
        return;
      }
      try {
        const given = await navigator.wakeLock?.request("screen");
        if (isHere) lock = given;
        else given?.release();
      } catch {
        // Refused when the battery is low: the screen goes dark as it always does.
      }
    };

    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      isHere = false;
      document.removeEventListener("visibilitychange", look);
      lock?.release();
      leave.current?.();
    };
  }, []);
  return null;
}
