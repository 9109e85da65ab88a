// What day it is on the library's wall, also while the page stays open past midnight.
import { ahead, hearAhead } from "$/utils/ahead";
import { useInSlices } from "$/utils/slices";

const AHEAD_OF_UTC_MS = 9 * 3600 * 1000; // Japan keeps one time all year
const MINUTE_MS = 60 * 1000;

export const libraryNow = () => Date.now() + ahead();

// A moment as the library's clock writes it: 2026-11-22T09:40:00+09:00.
export const libraryTime = (moment = libraryNow()) =>
  new Date(moment + AHEAD_OF_UTC_MS).toISOString().replace(/\.\d+Z$/, "+09:00");

const today = () => libraryTime().slice(0, 10);

const eachMinute = (listener) => {
  const timer = setInterval(listener, MINUTE_MS);
  const hearNoMore = hearAhead(listener);
  return () => {
    clearInterval(timer);
    hearNoMore();
  };
};

// A page that is drawn beforehand knows no day.
export const useToday = () => useInSlices(eachMinute, today, () => "");

const minute = () => libraryTime().slice(11, 16);

export const useMinute = () => useInSlices(eachMinute, minute, () => "");

// What is known of a day, or of none: a copy may be older than it reaches.
export const ofDay = (days, day) => (days ?? []).find((one) => one.day === day) ?? { day, branches: [] };

// The library's day when it was last asked counts, too: a device's clock may be slow.
export const laterOf = (here, asOf) => ((asOf ?? "").slice(0, 10) > here ? asOf.slice(0, 10) : here);

export const countBefore = (days, day) => (days ?? []).filter((one) => one < day).length;
