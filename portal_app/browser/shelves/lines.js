// A book on a shelf as files have it. Twin of portal_app/services/shelf_downloads.py.
import { say } from "$/utils/speech";

const NOWHERE = { branch_code: "", call_number: "" };

const placeOf = ({ places }) => places.find((one) => one.call_number) ?? places[0] ?? NOWHERE;

export const lineOf = (lang, { record, detail, added_at, is_read, note }) => {
  const { branch_code, call_number } = placeOf(detail);
  return {
    ...detail,
    ...{ record_id: record.record_id, title: record.title, volume: record.volume },
    material: say(lang, `material.${record.material}`),
    call_number,
    // A branch that has left the library's file has no name any more.
    branch: say(lang, `branch.${branch_code}`) || branch_code,
    availability: say(lang, `availability.${record.availability}`),
    added_on: added_at.slice(0, 10),
    ...{ is_read, note },
  };
};
