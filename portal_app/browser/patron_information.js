// What is typed in the patron's information. It stays in the memory of this page until it is
// saved or thrown away: addresses go to the library, and nothing else is told of them (K-47).
import { eventLoop } from "$/utils/context-registry";
import { go } from "$/utils/frame";
import { localOf, setLocal } from "$/utils/local";
import { ReflexEvent } from "$/utils/state";

const TYPED = "information.typed";
const RESETS = "information.resets"; // so that the form begins anew
const NONE = {};

// What was typed before something was saved is done with.
const typedIn = (local, saves) => (local[TYPED]?.saves === saves ? local[TYPED].fields : undefined);

export const isTyped = (local, saves) => typedIn(local, saves) !== undefined;
export const textIn = (local, saves, name, saved) => typedIn(local, saves)?.[name] ?? saved ?? "";
// A box that is not ticked is in no form.
export const isTickedIn = (local, saves, name, saved) => {
  const fields = typedIn(local, saves);
  return fields ? name in fields : Boolean(saved);
};

const fieldsOf = (event) => {
  event.preventDefault();
  return Object.fromEntries(new FormData(event.target));
};

const send = (handler, payload) => eventLoop.addEvents([ReflexEvent(handler, payload)]);

// On the way to the page that shows it all once more.
export const checkInformation = (handler, saves, event) => {
  const fields = fieldsOf(event);
  setLocal(TYPED, { saves, fields });
  send(handler, { typed: fields });
};

// On that page, whose own fields say whether the change is confirmed by mail (K-48).
export const saveInformation = (handler, saves, lang, event) => {
  const typed = typedIn({ [TYPED]: localOf(TYPED) }, saves);
  const asked = fieldsOf(event);
  if (typed) send(handler, { typed: { ...typed, ...asked }, lang });
};

// Where a library asks no second time.
export const saveAtOnce = (handler, lang, event) => send(handler, { typed: fieldsOf(event), lang });

export const forgetTyped = () => {
  setLocal(TYPED, NONE);
  setLocal(RESETS, (localOf(RESETS) ?? 0) + 1);
};

export const leaveForm = (path) => {
  forgetTyped();
  go(path);
};
