// Files that this device makes by itself.

const BYTE_ORDER_MARK = "\ufeff"; // by which Notepad and Excel know UTF-8
const UNTIL_IT_IS_SAVED_MS = 60_000;

export const save = (name, type, text) => {
  const address = URL.createObjectURL(new Blob([BYTE_ORDER_MARK, text], { type }));
  Object.assign(document.createElement("a"), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), UNTIL_IT_IS_SAVED_MS);
};
