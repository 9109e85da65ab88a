// What this device has in place of a page of the catalogue. Loaded only where there is no server
// to ask (offline/seen.js).
import { find } from "$/utils/finding";
import * as device from "$/utils/offline/device";

// Returns what was seen at an address, or how what is known stands in for it.
export const insteadOf = async (address, place, { version, owner, own }) => {
  const all = owner ? (await device.readAllSeen(version)).sort(latestFirst) : [];
  const seen = all.find((one) => one.address === place) ?? sameRecord(place, all);
  return seen
    ? { fields: seen.fields, finding: null }
    : { fields: nothingAt(place), finding: find(address, { own, seen: all }) };
};

const latestFirst = (one, other) => other.at - one.at;

// A record that was seen among other results: without its neighbours.
const sameRecord = (place, all) => {
  const path = place.replace(/\?.*/, "?");
  const seen = all.find(({ address, fields }) => fields.record && address.startsWith(path));
  return seen && { fields: { ...seen.fields, position: 0 } };
};

const nothingAt = (place) => {
  const [, address] = place.split("?");
  const words = new URLSearchParams(address).get("q") ?? "";
  return { is_loaded: false, shown_at: "", as_of: "", words, address };
};
