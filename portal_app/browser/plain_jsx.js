// Stands in for @emotion/react, of which the pages use only this.
import { createElement } from "react";
import { inBrackets } from "$/utils/ruby";

// What has only text in it, and the names that are shown in no other way.
const TEXT_ONLY = { option: inBrackets, title: String };

export const jsx = (type, props, ...children) => {
  const asText = typeof type === "string" && TEXT_ONLY[type];
  if (asText) return createElement(type, props, ...children.map((child) => child && asText(child)));
  if (props?.placeholder)
    return createElement(type, { ...props, placeholder: inBrackets(props.placeholder) }, ...children);
  return createElement(type, props, ...children);
};
