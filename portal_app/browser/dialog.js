// A native modal dialog that opens and closes with a value of the page.
import { createElement, useEffect, useRef } from "react";

export function Dialog({ isOpen, onDismiss, children, ...attributes }) {
  const dialog = useRef(null);
  useEffect(() => {
    if (isOpen && !dialog.current.open) dialog.current.showModal();
    if (!isOpen && dialog.current.open) dialog.current.close();
  }, [isOpen]);
  return createElement(
    "dialog",
    {
      ...attributes,
      ref: dialog,
      // Escape asks to close; the page decides by changing isOpen.
      onCancel: (event) => {
        event.preventDefault();
        onDismiss?.();
      },
    },
    isOpen ? children : null,
  );
}
