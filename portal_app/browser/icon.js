// Stands in for what lucide-react makes an icon with: a row has four, each of up to eight elements.
import { createElement } from "react";
import { outline } from "$/utils/outlines";

const ofNobody = { "aria-hidden": true, viewBox: "0 0 24 24" };

export default (_name, pieces) => {
  const drawn = createElement("path", { d: outline(pieces) });
  return ({ size, className }) =>
    createElement(
      "svg",
      { ...ofNobody, width: size, height: size, className: className ? `icon ${className}` : "icon" },
      drawn,
    );
};
