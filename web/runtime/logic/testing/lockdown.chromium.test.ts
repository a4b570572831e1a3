/** What app code can reach in the worker, tried in a real Chromium. */
import { existsSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { TestApp, wrapModule } from './app';
import { bundleLogic, chromiumPath, type LogicPage, openLogic, startApp } from './chromium';
import { templateRuntime } from './template-runtime';

/** Walks everything reachable from the global object and names what has power outside the language. */
const probe = `
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

const dynamicImport = `import('ORIGIN/stolen.js').then(() => console.log('imported'),
  (error) => console.log('import refused ' + error.name)); Page({});`;

const available = existsSync(chromiumPath);
let logic: LogicPage;
let code: string;

function startMessage(module: string): object {
  const app = new TestApp({ modules: { 'pages/a/a.js': module } });
  const { entryPage } = app.config;
  const page = {
    pageId: 1,
    path: entryPage,
    query: {},
    openType: 'appLaunch',
    window: app.runtime.pages.current?.backend.window,
  };
  const host = { device: {}, window: {}, menuButton: {}, theme: 'light', account: {}, network: {}, carried: [] };
  const launch = { path: entryPage, query: {}, scene: 1001, referrerInfo: {} };
  return { k: 'start', config: app.config, host, launch, storage: [], development: true, page };
}

async function run(module: string): Promise<string[]> {
  logic = await openLogic(code);
  try {
    const posted = await startApp(
      logic.page,
      startMessage('Page({})'),
      wrapModule('pages/a/a.js', module.replace('ORIGIN', logic.origin)),
      templateRuntime,
      'page.ready',
    );
    await logic.page.waitForTimeout(200);
    expect(posted.filter((message) => message.k === 'page.failed' || message.k === 'error')).toEqual([]);
    const all = await logic.page.evaluate(
      () => (window as unknown as { posted: { k: string; text?: string }[] }).posted,
    );
    return all.filter((message) => message.k === 'console').map((message) => message.text ?? '');
  } finally {
    await logic.close();
  }
}

beforeAll(async () => {
  if (available) code = await bundleLogic();
}, 60_000);

test.skipIf(!available)('nothing with power is reachable from the global object', { timeout: 60_000 }, async () => {
  const lines = await run(probe);
  const report = JSON.parse(lines[0] ?? '{}') as {
    found: string[];
    tries: Record<string, string>;
    globals: string[];
    count: number;
  };
  expect(report.found).toEqual([]);
  expect(report.count).toBeGreaterThan(500);
  expect(report.tries).toEqual({
    eval: 'refused ReferenceError',
    'indirect eval': 'refused TypeError',
    Function: 'refused EvalError',
    'new Function': 'refused EvalError',
    'async function constructor': 'refused EvalError',
    'generator constructor': 'refused EvalError',
    'the usual way to the global object': 'true',
    'timer with text': 'refused TypeError',
    window: 'undefined',
    self: 'undefined',
    'call sites': 'string',
  });
  expect(report.globals).toMatchSnapshot();
});

test.skipIf(!available)('the same walk finds powers where nothing was cut', { timeout: 60_000 }, async () => {
  logic = await openLogic(code);
  try {
    const lines: string[] = [];
    logic.page.on('console', (message) => lines.push(message.text()));
    await logic.page.evaluate(`{ const Page = () => {}; ${probe} }`);
    await expect.poll(() => lines.length).toBeGreaterThan(0);
    const { found } = JSON.parse(lines[0] ?? '{}') as { found: string[] };
    for (const power of ['(fetch)', '(WebSocket)', '(Worker)', '(addEventListener)', '(IDBFactory)']) {
      expect(found.some((path) => path.endsWith(power))).toBe(true);
    }
  } finally {
    await logic.close();
  }
});

test.skipIf(!available)('a dynamic import is refused before it reaches the network', { timeout: 60_000 }, async () => {
  const lines = await run(dynamicImport);
  expect(lines).toEqual(['import refused TypeError']);
  expect(logic.requests).toEqual([]);
});
