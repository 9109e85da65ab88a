// Stands in for @emotion/react, of which the pages use only this.
export { createElement as jsx } from "react";
