// What a page of the desk does by itself: it is always ready for the next scan, and it clears
// away the patron who has gone. A scanner types a code and presses Enter, wherever the focus is.
import { createElement, useEffect, useRef, useState } from "react";
import { eventLoop } from "$/utils/context-registry";
import { setLocal } from "$/utils/local";
import { ReflexEvent } from "$/utils/state";

const WRITES = "input, textarea, select, dialog, [popover]";

const fieldCalled = (name) => document.getElementById(name);

// Whoever presses a button goes on scanning; whoever writes or chooses something is left alone.
const comeBack = (name) => {
  if (!document.activeElement?.closest(WRITES)) fieldCalled(name)?.focus();
};

export function AtTheReady({ field, answers }) {
  useEffect(() => {
    fieldCalled(field)?.focus();
  }, [field]);
  useEffect(() => {
    const onClick = ({ target }) => target.closest("a") ?? setTimeout(comeBack, 0, field);
    // The character goes where the focus is by the time it arrives.
    const onKey = ({ key, ctrlKey, metaKey, altKey }) => {
      if (key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey) comeBack(field);
    };
    document.addEventListener("click", onClick);
    document.addEventListener("keydown", onKey, true);
    return () => {
      document.removeEventListener("click", onClick);
      document.removeEventListener("keydown", onKey, true);
    };
  }, [field]);
  // An answer may have drawn the page anew.
  useEffect(() => comeBack(field), [field, answers]);
  return null;
}

// Sends an event when nothing has happened for a while, counted anew whenever `since` changes.
export function ClearedAfter({ seconds, event, since }) {
  useEffect(() => {
    if (!since) return undefined;
    const clock = setTimeout(() => eventLoop.addEvents([ReflexEvent(event, {})]), seconds * 1000);
    return () => clearTimeout(clock);
  }, [seconds, event, since]);
  return null;
}

const canSee = () => typeof BarcodeDetector !== "undefined";

const codeOn = async (photo) => {
  const picture = await createImageBitmap(photo);
  const [code] = await new BarcodeDetector().detect(picture);
  return code?.rawValue ?? "";
};

// For a tablet without a scanner. Where the browser knows no barcodes there is no button.
export function ScanByCamera({ field, label, children }) {
  const [isOffered, offer] = useState(false);
  const chooser = useRef(null);
  useEffect(() => offer(canSee()), []);
  if (!isOffered) return null;

  const look = async ({ target }) => {
    const [photo] = target.files;
    target.value = "";
    if (!photo) return;
    const code = await codeOn(photo).catch(() => "");
    setLocal("page.saw_no_barcode", !code);
    if (!code) return;
    const input = fieldCalled(field);
    input.value = code;
    input.form.requestSubmit();
  };
  return createElement(
    "div",
    { className: "scan-camera" },
    createElement("input", {
      ...{ ref: chooser, type: "file", accept: "image/*", capture: "environment" },
      ...{ hidden: true, "aria-label": label, onChange: look },
    }),
    createElement(
      "button",
      { type: "button", className: "button button-plain", onClick: () => chooser.current.click() },
      children,
    ),
  );
}
