// How a page begins. loading.py fills in what was built.
//
// Pages are drawn beforehand: what is fetched before the first paint takes its time from the
// stylesheet, which the paint waits for. Nobody waits for a paint of what is out of sight.
const turn = () => new Promise((next) => setTimeout(next));

if (!document.hidden) await new Promise(requestAnimationFrame);
await turn();
for (const href of __AHEAD__) {
  document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
}

// Each runs in a turn of its own, so that a press is heard between them.
const modules = [];
for (const address of __MODULES__) {
  modules.push(await import(address));
  await turn();
}
const [__NAMES__] = modules;
