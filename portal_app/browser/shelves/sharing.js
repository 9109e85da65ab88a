// Handing on the link to a shelf: to another app, or to be pasted somewhere.
import { setLocal } from "$/utils/local";

export const canShare = () => typeof navigator !== "undefined" && "share" in navigator;

export const share = async (title, url) => {
  try {
    await navigator.share({ title, url });
  } catch (problem) {
    // Closing the list of apps is a change of mind.
    if (problem.name !== "AbortError") reportError(problem);
  }
};

// Without HTTPS, or where the patron does not allow it, only they can copy.
export const copy = async (address, field) => {
  try {
    await navigator.clipboard.writeText(address);
    setLocal("page.handed", "copied");
  } catch {
    document.getElementById(field).select();
    setLocal("page.handed", "selected");
  }
};
