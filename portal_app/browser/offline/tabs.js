// The other tabs of this browser: what one does, all show.
const channel =
  typeof window !== "undefined" && "BroadcastChannel" in window
    ? new BroadcastChannel("portal")
    : null;

export const tellOtherTabs = (what) => channel?.postMessage(what);

export const hearOtherTabs = (listen) => {
  if (channel) channel.onmessage = ({ data }) => listen(data);
};
