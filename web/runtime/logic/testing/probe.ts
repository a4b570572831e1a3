/** App code that looks for what it should not be able to reach. */

/** Walks everything reachable from the global object and names what has power outside the language. */
export const probe = `
const seen = new Map();
const queue = [[globalThis, 'globalThis']];
const look = (value, path) => {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
  seen.set(value, path);
  queue.push([value, path]);
};
while (queue.length > 0) {
  const [holder, path] = queue.shift();
  look(Object.getPrototypeOf(holder), path + '.__proto__');
  for (const name of Reflect.ownKeys(holder)) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, name);
    for (const part of ['value', 'get', 'set']) look(descriptor && descriptor[part], path + '.' + String(name));
    try { look(holder[name], path + '.' + String(name)); } catch {}
  }
  if (typeof holder === 'function') {
    try { look(holder.caller, path + '.caller'); } catch {}
  }
}
const powers = /^(fetch|XMLHttpRequest.*|WebSocket.*|EventSource|WebTransport.*|importScripts|Worker|SharedWorker|BroadcastChannel|MessageChannel|MessagePort|IDB.*|indexedDB|Cache|CacheStorage|caches|Navigator.*|WorkerNavigator|navigator|sendBeacon|ServiceWorker.*|postMessage|addEventListener|dispatchEvent|EventTarget|Event|MessageEvent|close|FileReader.*|Blob|File|URL|createObjectURL|FileSystem.*|StorageManager|Notification|RTC.*|WebAssembly|OffscreenCanvas.*|Request|Response|Lock.*|locks|TrustedType.*|Scheduler|scheduler|Crypto.*|WorkerGlobalScope|DedicatedWorkerGlobalScope|Performance.*|performance|structuredClone|reportError|createImageBitmap|requestAnimationFrame|location|WorkerLocation|FontFace.*|self|GPU.*|USB.*|Serial.*|HID.*)$/;
const found = [];
for (const [value, path] of seen) {
  const name = typeof value === 'function' ? value.name.replace(/^(get|set|bound) /, '') : Object.prototype.toString.call(value).slice(8, -1);
  if (powers.test(name)) found.push(path + ' (' + name + ')');
}
const tries = {};
const attempt = (name, run) => { try { tries[name] = String(run()); } catch (error) { tries[name] = 'refused ' + error.name; } };
attempt('eval', () => eval('1'));
attempt('indirect eval', () => (0, globalThis.eval)('1'));
attempt('Function', () => Function('return 1')());
attempt('new Function', () => new Function('a', 'return a')(1));
attempt('async function constructor', () => (async () => {}).constructor('return 1')());
attempt('generator constructor', () => (function* () {}).constructor('yield 1')().next().value);
attempt('the usual way to the global object', () => Function('return this')() === globalThis);
attempt('timer with text', () => setTimeout('globalThis.ran = 1', 0));
attempt('window', () => typeof window);
attempt('self', () => typeof self);
attempt('call sites', () => { Error.prepareStackTrace = (_error, sites) => sites; return typeof new Error().stack; });
console.log(JSON.stringify({ found, tries, globals: Reflect.ownKeys(globalThis).map(String), count: seen.size }));
Page({});
`;
