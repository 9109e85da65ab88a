// Takes a list of the patron's away as a file.
import { setLocal } from "$/utils/local";
import { save } from "$/utils/saving";

const FILES = {
  text: { ending: "txt", type: "text/plain;charset=utf-8", written: "listAsText" },
  csv: { ending: "csv", type: "text/csv;charset=utf-8", written: "listAsCsv" },
};

export const takeListAway = async (kind, lang, list) => {
  const { ending, type, written } = FILES[kind];
  setLocal("page.list_taken", "");
  try {
    const files = await import("$/utils/list_files");
    const { fileName } = await import("$/utils/shelves/wording");
    save(fileName(lang, list.title, ending), type, files[written](lang, list));
    setLocal("page.list_taken", "made");
  } catch (problem) {
    // A browser without the worker has not loaded what writes files.
    setLocal("page.list_taken", "needs_connection");
    reportError(problem);
  }
};
