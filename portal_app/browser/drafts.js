// What is being typed survives the end of a session: sealed in this tab (drafting.js), with a key
// that the server gives only to whoever typed it. Here is only where it lies and when it goes.

const KEY = "portal.drafts";
const OF_SIGNING_IN = /\/sign-in\/?$/;
const OF_LOOKING_ONCE_MORE = /\/confirm\/?$/;

export const readDrafts = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // a private window may refuse
  }
};

export const writeDraft = (name, draft) => {
  const drafts = { ...readDrafts(), [name]: draft };
  if (!draft) delete drafts[name];
  try {
    sessionStorage.setItem(KEY, JSON.stringify(drafts));
  } catch {
    // Then it is there for as long as the page is.
  }
};

export const forgetDrafts = () => {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Then there is nothing either.
  }
};

let at;

// Who goes on to another page has left what was typed, unless it is shown there once more; who is
// led to the sign-in page has not, and finds it again whichever way they go from there.
export const turnPage = (pathname) => {
  const isAnother = at !== undefined && at !== pathname;
  at = pathname;
  if (!isAnother || OF_LOOKING_ONCE_MORE.test(pathname)) return;
  const hasEnded = OF_SIGNING_IN.test(pathname);
  for (const [name, draft] of Object.entries(readDrafts()))
    if (hasEnded) writeDraft(name, { ...draft, isLeft: true });
    else if (!draft.isLeft) writeDraft(name, undefined);
};
