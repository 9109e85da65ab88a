// Where the library offers notices, this stands behind the worker (worker.py): what one looks
// like is in it, and what it is about is not.
self.addEventListener("push", (event) => {
  const { title, unread, address, ...said } = event.data.json();
  const look = { icon: "/icon-192.png", renotify: true, data: address };
  event.waitUntil(
    Promise.all([
      self.registration.showNotification(title, { ...said, ...look }),
      navigator.setAppBadge?.(unread).catch(() => undefined),
    ]),
  );
});

// A tab that shows something else is left alone: something may be typed in it.
const openAt = async (address) => {
  const tabs = await self.clients.matchAll({ type: "window" });
  const there = tabs.find(({ url }) => new URL(url).pathname.replace(/\/$/, "") === address);
  return there ? there.focus() : self.clients.openWindow(address);
};

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openAt(event.notification.data));
});
