// @ts-check
/**
 * Opens a session again when there is no network: the page as it was last seen, with the files of
 * its build. It keeps pages and files only; nothing of the API passes through it.
 *
 * The server puts the address of the build and its files in where it sends this file.
 */

const worker = /** @type {any} */ (self);
const PREFIX = 'BUILD';
/** @type {string[]} */
const FILES = ['FILES'];
const CACHE = `plenary ${PREFIX}`;
/** So long a page is waited for where an older one is at hand. */
const PATIENCE_MS = 5_000;
/** Sessions whose page is kept. */
const PAGES_MAX = 20;

worker.addEventListener('install', (/** @type {any} */ event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll(FILES.map((file) => PREFIX + file));
      await keep(cache, '/');
      await worker.skipWaiting();
    })(),
  );
});

worker.addEventListener('activate', (/** @type {any} */ event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name !== CACHE) await caches.delete(name);
      }
      await worker.clients.claim();
    })(),
  );
});

/** The page that was there before this worker asks to be kept as well. */
worker.addEventListener('message', (/** @type {any} */ event) => {
  const address = event.source && new URL(event.source.url);
  if (event.data !== 'keep' || !address || !isOurs(address)) return;
  event.waitUntil(
    caches.open(CACHE).then(async (cache) => {
      if (!(await cache.match(address.pathname))) await keep(cache, address.pathname);
    }),
  );
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== location.origin) return;
  if (address.pathname.startsWith('/a/')) event.respondWith(file(request, address));
  else if (request.mode === 'navigate' && isOurs(address)) event.respondWith(page(request, address, event));
});

/** @param {URL} address */
function isOurs(address) {
  return address.pathname === '/' || /^\/s\/[A-Za-z0-9]+$/.test(address.pathname);
}

/** Files never change under their address. @param {Request} request @param {URL} address */
async function file(request, address) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(address.pathname);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok && address.pathname.startsWith(PREFIX)) await cache.put(address.pathname, fresh.clone());
  return fresh;
}

/**
 * From the network, unless it is dead or too slow and there is one from before.
 *
 * @param {Request} request @param {URL} address @param {any} event
 */
async function page(request, address, event) {
  const cache = await caches.open(CACHE);
  const arriving = fetch(request).then((answer) => {
    if (answer.ok && answer.type === 'basic') {
      const copy = answer.clone();
      event.waitUntil(store(cache, address.pathname, copy));
    }
    return answer;
  });
  const kept = await cache.match(address.pathname);
  if (!kept) return arriving.catch(async () => (await offlineDoor(cache)) ?? Response.error());
  const late = new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  const answer = await Promise.race([arriving.catch(() => null), late]);
  return !answer || answer.status >= 500 ? marked(kept) : answer;
}

/** A session that was never opened here: the page for codes says so. @param {Cache} cache */
async function offlineDoor(cache) {
  const door = await cache.match('/');
  return door ? marked(door) : null;
}

/** @param {Cache} cache @param {string} path */
async function keep(cache, path) {
  const answer = await fetch(path, { headers: { Accept: 'text/html' } });
  if (answer.ok) await store(cache, path, answer);
}

/** With the time at which it was true. @param {Cache} cache @param {string} path @param {Response} answer */
async function store(cache, path, answer) {
  const headers = new Headers(answer.headers);
  headers.set('X-Kept', String(Date.now()));
  headers.delete('Set-Cookie');
  await cache.put(path, new Response(await answer.blob(), { status: answer.status, headers }));
  const pages = (await cache.keys()).filter((one) => new URL(one.url).pathname.startsWith('/s/'));
  for (const old of pages.slice(0, Math.max(0, pages.length - PAGES_MAX))) await cache.delete(old);
}

/** Tells the page that it is an old one, and of when. @param {Response} kept */
async function marked(kept) {
  const text = await kept.text();
  const at = Number(kept.headers.get('X-Kept'));
  const headers = new Headers(kept.headers);
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  return new Response(text.replace(' data-shell', ` data-shell data-kept="${at}"`), { status: 200, headers });
}
