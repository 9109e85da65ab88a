
// ------------------------------------------------------------ only in ./portal dev

// Whatever is open shows a change as soon as it has been built. Nobody is reading here.
self.addEventListener("activate", async () => {
  const isFirst = (await caches.keys()).length < 2;
  if (isFirst) return;
  await self.clients.claim();
  for (const tab of await self.clients.matchAll({ type: "window" })) tab.navigate(tab.url);
});
