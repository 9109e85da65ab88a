// How far the library's clock is ahead of this device's, in milliseconds, and when that changes.
export const ahead = () => 0;
export const hearAhead = () => () => {};
