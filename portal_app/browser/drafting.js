// Around a form: what is typed into it comes back when the session has ended and the same person
// has signed in again, or has loaded the page anew. Sealed by AES-GCM, which is there on https
// and on the machine itself; elsewhere nothing is kept.
import { createElement, useEffect, useRef } from "react";
import { readDrafts, writeDraft } from "$/utils/drafts";
import { setLocal } from "$/utils/local";

const OLDEST_MS = 24 * 3600 * 1000;
const IV_BYTES = 12;
const NEVER = ["file", "hidden", "password"];

const inBytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const asText = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const asBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

const keyFrom = (hex) =>
  crypto.subtle.importKey("raw", inBytes(hex), "AES-GCM", false, ["encrypt", "decrypt"]);
const wayOf = (iv, name) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name) });

export const sealed = async (hex, name, fields) => {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const written = new TextEncoder().encode(JSON.stringify(fields));
  const text = await crypto.subtle.encrypt(wayOf(iv, name), await keyFrom(hex), written);
  return { at: Date.now(), iv: asText(iv), text: asText(new Uint8Array(text)) };
};

// Returns what was typed, or nothing where somebody else has typed it.
export const opened = async (hex, name, draft) => {
  if (!draft || Date.now() - draft.at > OLDEST_MS) return undefined;
  const way = wayOf(asBytes(draft.iv), name);
  const text = await crypto.subtle.decrypt(way, await keyFrom(hex), asBytes(draft.text)).catch(() => null);
  return text === null ? undefined : JSON.parse(new TextDecoder().decode(text));
};

// ------------------------------------------------------------ the fields of a form

const controlsIn = (form) => {
  const seen = {};
  const named = [...form.querySelectorAll("input[name], select[name], textarea[name]")];
  return named.map((control) => {
    const number = (seen[control.name] = (seen[control.name] ?? -1) + 1);
    return [`${control.name}#${number}`, control];
  });
};

const isTicked = ({ type }) => type === "checkbox" || type === "radio";
const valueOf = (control) => (isTicked(control) ? control.checked : control.value);

// As if it were typed, so that whoever listens to the field hears of it.
const write = (control, value) => {
  if (valueOf(control) === value) return false;
  if (isTicked(control)) control.click();
  else {
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), "value");
    set.call(control, value);
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
  return true;
};

export function Drafting({ name, draftKey, done, isDoneWhenSent, children }) {
  const form = useRef(null);
  const latest = useRef(0);
  const finished = useRef(done);
  const canSeal = Boolean(draftKey) && Boolean(globalThis.crypto?.subtle);

  useEffect(() => {
    if (!canSeal) return;
    const bringBack = async () => {
      const draft = readDrafts()[name];
      const fields = await opened(draftKey, name, draft);
      if (draft) writeDraft(name, fields && { ...draft, isLeft: undefined });
      if (!fields || !form.current) return;
      const written = controlsIn(form.current).filter(([key, control]) => key in fields && write(control, fields[key]));
      if (written.length) setLocal("page.draft_is_back", name);
    };
    bringBack().catch(reportError);
  }, [name, draftKey, canSeal]);

  const forget = () => {
    latest.current += 1;
    writeDraft(name, undefined);
  };
  useEffect(() => {
    if (finished.current !== done) forget();
    finished.current = done;
  });

  const keep = ({ target, nativeEvent }) => {
    if (!canSeal || !nativeEvent.isTrusted || NEVER.includes(target.type)) return;
    const kept = controlsIn(form.current).filter(([, { type }]) => !NEVER.includes(type));
    const fields = Object.fromEntries(kept.map(([key, control]) => [key, valueOf(control)]));
    const number = (latest.current += 1);
    sealed(draftKey, name, fields).then((draft) => {
      if (latest.current === number) writeDraft(name, draft);
    }, reportError);
  };
  return createElement(
    "div",
    {
      ref: form,
      className: "drafting",
      onInput: keep,
      onSubmit: isDoneWhenSent ? forget : undefined,
    },
    children,
  );
}
