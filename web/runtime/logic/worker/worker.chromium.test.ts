/** The worker that an app makes, in a real Chromium: it computes, and it reaches nothing. */
import { existsSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { wrapModule } from '../testing/app';
import { bundleLogic, chromiumPath, openLogic, startApp } from '../testing/chromium';
import { startOf } from '../testing/start';
import { templateRuntime } from '../testing/template-runtime';

const page = `Page({});
const worker = wx.createWorker('workers/index.js');
worker.onMessage((answer) => { console.log(JSON.stringify(answer)); worker.terminate();
  try { worker.postMessage({}); } catch (error) { console.log(error.message); } });
try { wx.createWorker('workers/index.js'); } catch (error) { console.log(error.message); }
try { wx.createWorker('workers/none.js'); } catch (error) { console.log(error.message); }
worker.postMessage({ text: 'abc' });`;

const inside = `const { turned } = require('./turn.js');
const names = [];
for (let level = globalThis; level && level !== Object.prototype; level = Object.getPrototypeOf(level)) {
  for (const name of Object.getOwnPropertyNames(level)) {
    if (/fetch|socket|import|indexed|cache|storage|navigator|location|channel|request|worker$|^self$/i.test(name)) names.push(name);
  }
}
let code = 'ran';
try { (0, Function)('return 1')(); } catch (error) { code = error.name; }
worker.onMessage(({ text }) => worker.postMessage({ turned: turned(text), names, code, wx: typeof wx }));`;

const available = existsSync(chromiumPath);
let code: string;

beforeAll(async () => {
  if (available) code = await bundleLogic();
}, 60_000);

test.skipIf(!available)('a worker of the app computes, and has no power', { timeout: 60_000 }, async () => {
  const modules = {
    'pages/a/a.js': page,
    'workers/index.js': inside,
    'workers/turn.js': 'exports.turned = (text) => [...text].reverse().join("");',
  };
  const logic = await openLogic(code);
  try {
    const scripts = Object.entries(modules).map(([path, body]) => wrapModule(path, body));
    await startApp(logic.page, startOf({ modules }), scripts.join(''), templateRuntime, 'page.ready');
    const lines = await logic.page
      .waitForFunction(() => {
        const { posted } = window as unknown as { posted: { k: string; text?: string; message?: string }[] };
        const said = posted.filter(({ k }) => k === 'console' || k === 'error');
        return said.length >= 4 ? said.map(({ text, message }) => text ?? message ?? '') : false;
      })
      .then((handle) => handle.jsonValue());
    expect(lines).toContain('createWorker:fail exceed max concurrent workers limit');
    expect(lines).toContain('postMessage:fail the worker was terminated');
    const answer = (lines || []).find((line) => line.startsWith('{')) ?? '{}';
    expect(JSON.parse(answer)).toEqual({ turned: 'cba', names: ['worker'], code: 'EvalError', wx: 'undefined' });
    expect(logic.requests).toEqual([]);
  } finally {
    await logic.close();
  }
});
