// The service worker: opens the pages when the library cannot be reached. worker.py fills in
// what was built. Nothing is kept but what the build made, so nothing of a patron's ever is.
const RELEASE = __RELEASE__;
const PAGES = __PAGES__; // address: digest
const FALLBACK = __FALLBACK__; // the page that draws those with a number in their address …
const WITH_FALLBACK = new RegExp(__WITH_FALLBACK__); // … and which addresses these are
const FILES = __FILES__; // address: digest
const ASSETS = __ASSETS__; // below /assets/, named by what is in them

const SHELL = `portal-${RELEASE}`;
const SHELLS_KEPT = 2; // a tab that is still open asks for files of the release it came with
const PATIENCE_MS = 1500;
const ANY_VARIANT = { ignoreVary: true }; // the server says that answers vary by encoding

// ------------------------------------------------------------ keeping a release

const digestOf = async (answer) => {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()));
  return [...bytes.slice(0, 6)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

const keep = async (shell, address, digest) => {
  const how = { credentials: "omit", ...(digest ? { cache: "no-cache" } : {}) };
  const answer = await fetch(address, how);
  const isIt = !digest || (await digestOf(answer.clone())) === digest;
  if (!answer.ok || answer.redirected || !isIt) throw new Error(`${address}: ${answer.status}`);
  await shell.put(address, answer);
};

// A page is asked for where patrons find it, so that the policy that comes with it is its own.
// The digest tells what belongs to another release, which a second server may still serve.
const keepExactly = (shell, [address, digest]) => keep(shell, address, digest);

const keepAsset = async (shell, address) => {
  const known = await caches.match(address, ANY_VARIANT);
  return known ? shell.put(address, known) : keep(shell, address);
};

const keepRelease = async () => {
  await caches.delete(SHELL); // half of it, from an attempt that was cut off
  const shell = await caches.open(SHELL);
  try {
    await Promise.all([
      ...Object.entries({ ...PAGES, ...FILES }).map((file) => keepExactly(shell, file)),
      ...ASSETS.map((name) => keepAsset(shell, `/assets/${name}`)),
    ]);
  } catch (problem) {
    await caches.delete(SHELL);
    throw problem;
  }
};

const forgetOldReleases = async () => {
  const shells = (await caches.keys()).filter((name) => name !== SHELL); // oldest first
  await Promise.all(shells.slice(0, 1 - SHELLS_KEPT).map((name) => caches.delete(name)));
};

// At once, without waiting for tabs to be closed: a page asks the network first, so whoever
// waited would show the new release, and the old one again without a connection.
self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepRelease());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldReleases().then(() => self.clients.claim()));
});

// ------------------------------------------------------------ answering

const kept = async (address) => (await caches.open(SHELL)).match(address, ANY_VARIANT);

const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Every answer of the portal counts, also that there is no such page. What a proxy says when it
// cannot reach the portal does not.
const openPage = async (request, page) => {
  const asked = fetch(request).catch(() => undefined);
  const answer = await Promise.race([asked, after(PATIENCE_MS)]);
  if (answer && answer.status < 500) return answer;
  return (await kept(page)) ?? (await asked) ?? Response.error();
};

const openFile = async (request, address) => (await kept(address)) ?? fetch(request);

const openAsset = async (request, address) =>
  (await caches.match(address, ANY_VARIANT)) ?? fetch(request);

const pageAt = (path) => {
  const address = path.replace(/(.)\/+$/, "$1");
  if (Object.hasOwn(PAGES, address)) return address;
  return WITH_FALLBACK.test(address) ? FALLBACK : undefined;
};

// Whatever is neither a page nor a file of the build goes its own way: sign-in and sign-out, the
// socket, downloads.
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    const page = pageAt(pathname);
    if (page) event.respondWith(openPage(request, page));
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(openAsset(request, pathname));
  } else if (Object.hasOwn(FILES, pathname)) {
    event.respondWith(openFile(request, pathname));
  }
});
