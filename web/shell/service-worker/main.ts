/**
 * Keeps the shell's own files, so that it starts offline. It never touches the API, the gate or mini-app packages:
 * those are the package store's business.
 */
export {};

declare const self: ServiceWorkerGlobalScope;
declare const SHELL_VERSION: string;
declare const SHELL_FILES: string[];
/** Files of the shell's that are kept when they are first used. */
declare const SHELL_FILES_LATER: string[];

const shellCache = `mezze-shell-${SHELL_VERSION}`;
const iconCache = 'mezze-icons';
const shellPaths = new Set(SHELL_FILES);
const laterPaths = new Set(SHELL_FILES_LATER);
const iconPath = /^\/api\/v1\/miniapps\/[^/]+\/icon$/;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(shellCache)
      .then((cache) => cache.addAll(SHELL_FILES.map((path) => new Request(path, { cache: 'reload' }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(removeOldCaches().then(() => self.clients.claim()));
});

async function removeOldCaches(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('mezze-shell-') && name !== shellCache);
  await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (isShellPage(url.pathname)) event.respondWith(page(request));
  } else if (shellPaths.has(url.pathname)) {
    event.respondWith(fromCache(request, url.pathname));
  } else if (laterPaths.has(url.pathname)) {
    event.respondWith(keptAtFirstUse(request, url.pathname));
  } else if (iconPath.test(url.pathname)) {
    event.respondWith(icon(event, request));
  }
});

/** Every address of the shell is the one page; everything else is the server's. */
function isShellPage(path: string): boolean {
  return path === '/' || path.startsWith('/miniapp/');
}

/**
 * The page answers from the kept copy, with the policy header that came with it, so that the shell opens at once.
 * A newer shell is fetched as a new service worker and shown on the next visit.
 */
async function page(request: Request): Promise<Response> {
  return (await caches.match('/', { cacheName: shellCache })) ?? fetch(request);
}

async function fromCache(request: Request, path: string): Promise<Response> {
  return (await caches.match(path, { cacheName: shellCache })) ?? fetch(request);
}

async function keptAtFirstUse(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(shellCache);
  const kept = await cache.match(path);
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(path, response.clone());
  return response;
}

/** Icons answer from the copy and are fetched again beside it. */
async function icon(event: FetchEvent, request: Request): Promise<Response> {
  const cache = await caches.open(iconCache);
  const kept = await cache.match(request);
  const fresh = fetch(request).then(async (response) => {
    if (response.ok) await cache.put(request, response.clone());
    return response;
  });
  if (kept === undefined) return fresh;
  event.waitUntil(fresh.catch(() => undefined));
  return kept;
}
