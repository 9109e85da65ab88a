// Lists of results and records that were looked at stay readable at their address. What was
// not looked at is made up for from what this device has (../instead.js).
import { isWithoutServer } from "$/utils/offline/connection";
import * as device from "$/utils/offline/device";
import { now, show, until } from "$/utils/offline/view";
import { picked, unwired, wired } from "$/utils/offline/wire";

const OF_THE_CATALOGUE = /^\/(?:search|records\/(\d+))\/?(?:\?|$)/;

let config;
let store;
let raw;

export const prepareSeen = (given, dispatch, theirStore) => {
  config = given;
  store = theirStore;
  raw = {};
  for (const kept of Object.values(config.seen)) {
    raw[kept.substate] = dispatch[kept.substate];
    dispatch[kept.substate] = (delta) => {
      raw[kept.substate](delta);
      note(kept).catch(reportError);
    };
  }
};

const valuesOf = ({ substate, fields }) => picked(unwired(store.getSnapshot(substate)), fields);

// The same search is the same page, in whichever order and spelling its address asks for it.
const placeOf = (address) => {
  const { pathname, searchParams } = new URL(address, window.location.origin);
  searchParams.sort();
  return `${pathname.replace(/(.)\/$/, "$1")}?${searchParams}`;
};

// What the server shows may be here before it has said to whom.
const note = async (kept) => {
  await until(({ isKnown }) => isKnown);
  const values = valuesOf(kept);
  const { owner } = now();
  if (!values.is_loaded || !values.shown_at || !owner) return;
  const { version } = config;
  const address = placeOf(values.shown_at);
  await device.writeSeen({ owner, version, address, substate: kept.substate, fields: values });
};

// ------------------------------------------------------------ without the server

let asked;

// Shows what was seen at an address, or what this device has instead of it. What is on the
// screen already stays there.
export const showSeen = async (address) => {
  const here = isWithoutServer() && now().isBooted && OF_THE_CATALOGUE.exec(address);
  asked = here ? placeOf(address) : undefined;
  if (!here) return;
  const place = asked;
  const kept = Object.values(config.seen).find(({ fields }) => fields.includes(here[1] ? "record" : "rows"));
  const { is_loaded: isLoaded, shown_at: shownAt } = valuesOf(kept);
  if (isLoaded && placeOf(shownAt) === place) return;
  const { insteadOf } = await import("$/utils/instead");
  const own = now().owner ? Object.values(config.states).map(valuesOf) : [];
  const { fields, finding } = await insteadOf(address, place, { ...config, owner: now().owner, own });
  if (asked !== place) return;
  raw[kept.substate](wired(picked(fields, kept.fields)));
  show({ finding });
};
