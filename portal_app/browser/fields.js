// A password input whose content the patron may look at: typing blind on a phone goes wrong.
import { createElement, useState } from "react";

export function PasswordInput({ show, hide, ...input }) {
  const [shown, setShown] = useState(false);
  return createElement(
    "div",
    { className: "password" },
    createElement("input", { ...input, type: shown ? "text" : "password", spellCheck: false }),
    createElement(
      "button",
      {
        type: "button",
        className: "password-show",
        "aria-pressed": shown,
        onClick: () => setShown(!shown),
      },
      shown ? hide : show,
    ),
  );
}
