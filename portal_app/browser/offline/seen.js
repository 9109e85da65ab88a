// Lists of results and records that were looked at stay readable at their address.
import * as device from "$/utils/offline/device";
import { isWithoutServer } from "$/utils/offline/connection";
import { picked, unwired, wired } from "$/utils/offline/wire";
import { now } from "$/utils/offline/view";

let config;
let store;
let raw;

export const prepareSeen = (given, dispatch, theirStore) => {
  config = given;
  store = theirStore;
  raw = {};
  for (const [, { substate, fields }] of Object.entries(config.seen)) {
    raw[substate] = dispatch[substate];
    dispatch[substate] = (delta) => {
      raw[substate](delta);
      note(substate, fields).catch(reportError);
    };
  }
};

const note = async (substate, fields) => {
  const values = picked(unwired(store.getSnapshot(substate)), fields);
  const { owner } = now();
  if (!values.is_loaded || !values.shown_at || !owner) return;
  const { version } = config;
  await device.writeSeen({ owner, version, address: values.shown_at, substate, fields: values });
};

// Shows what was seen at an address, or that nothing was.
export const showSeen = async (address) => {
  if (!isWithoutServer() || !now().isBooted) return;
  const seen = now().owner ? await device.readSeen(address, config.version) : undefined;
  for (const { substate } of Object.values(config.seen)) {
    const isHere = seen?.substate === substate;
    raw[substate](wired(isHere ? seen.fields : { is_loaded: false, shown_at: "" }));
  }
};
