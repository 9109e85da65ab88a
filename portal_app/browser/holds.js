// What a patron asks for about one hold, and how long a wait is said to be.
import { localOf, setLocal } from "$/utils/local";
import { act } from "$/utils/offline/outbox";

// ------------------------------------------------------------ asking first

const ASKED = "page.asked";
const NOT_ASKED = { what: "", hold: null, problem: "", day: "" };

export const holdAsked = (local) => ({ ...NOT_ASKED, ...local[ASKED] });
export const askOfHold = (what, hold) => setLocal(ASKED, { ...NOT_ASKED, what, hold });
export const askOfNoHold = () => setLocal(ASKED, undefined);
const refuse = (problem, day = "") => setLocal(ASKED, { ...localOf(ASKED), problem, day });

const written = (event) => {
  event.preventDefault();
  return Object.fromEntries(new FormData(event.target));
};

// Whoever hears of a hold by mail is proposed to hear of its end so, too.
export const letterOfCancellation = (choices, hold) =>
  hold?.contact_method === "mail" ? (choices?.[0]?.place ?? 0) : 0;

export const cancelHold = (hold, lang, event) => {
  const { letter_to } = written(event);
  askOfNoHold();
  return act("holds.cancel", { hold_id: hold.hold_id, letter_to: Number(letter_to ?? 0), lang }, hold);
};

// The library decides again when it is asked; this only spares the patron a way.
const problemWithChange = ({ suspended_until }, expiresOn, today) => {
  if (expiresOn && expiresOn < today) return ["holds.problem.expiry_has_passed"];
  if (expiresOn && suspended_until && expiresOn <= suspended_until)
    return ["holds.not_changed.expires_while_suspended", suspended_until];
  return [];
};

export const changeHold = (hold, today, event) => {
  const { pickup_branch, contact_method, expires_on } = written(event);
  const [problem, day] = problemWithChange(hold, expires_on, today);
  if (problem) return refuse(problem, day);
  askOfNoHold();
  return act("holds.change", { hold_id: hold.hold_id, pickup_branch, contact_method, expires_on }, hold);
};

const DAY_MS = 24 * 3600 * 1000;
const daysAfter = (day, count) => new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);

const problemWithPause = ({ expires_on }, until, today, longest) => {
  const [first, last] = [daysAfter(today, 1), daysAfter(today, longest)];
  if (!until) return ["holds.suspension_problem.no_day"];
  if (until < first) return ["holds.not_changed.suspension_is_over_today", first];
  if (until > last) return ["holds.not_changed.suspended_too_long", last];
  if (expires_on && expires_on <= until) return ["holds.not_changed.suspended_past_expiry", expires_on];
  return [];
};

export const suspendHold = (hold, today, longest, event) => {
  const { until } = written(event);
  const [problem, day] = problemWithPause(hold, until, today, longest);
  if (problem) return refuse(problem, day);
  askOfNoHold();
  return act("holds.suspend", { hold_id: hold.hold_id, until }, hold);
};

// ------------------------------------------------------------ how long

const DAYS_IN = { days: 1, weeks: 7, months: 30 };
const SOON = 14; // days, which people count; longer waits they count in weeks
const LONG = 70; // days, above which they count in months

// As people say it: rounded away from each other, since a guess must not promise more than it knows.
export const waitSaid = (least, most) => {
  if (least === null || least === undefined || most === null || most === undefined)
    return { kind: "", least: 0, most: 0 };
  const unit = most < SOON ? "days" : most < LONG ? "weeks" : "months";
  const from = Math.max(1, Math.floor(least / DAYS_IN[unit]));
  const to = Math.max(1, Math.ceil(most / DAYS_IN[unit]));
  return { kind: from < to ? unit : `about_${unit}`, least: from, most: to };
};
