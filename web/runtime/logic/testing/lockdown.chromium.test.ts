/** What app code can reach in the worker, tried in a real Chromium. */
import { existsSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { wrapModule } from './app';
import { bundleLogic, chromiumPath, type LogicPage, openLogic, startApp } from './chromium';
import { probe } from './probe';
import { startOf } from './start';
import { templateRuntime } from './template-runtime';

const dynamicImport = `import('ORIGIN/stolen.js').then(() => console.log('imported'),
  (error) => console.log('import refused ' + error.name)); Page({});`;

const available = existsSync(chromiumPath);
let logic: LogicPage;
let code: string;

async function run(module: string): Promise<string[]> {
  logic = await openLogic(code);
  try {
    const posted = await startApp(
      logic.page,
      startOf({ modules: { 'pages/a/a.js': 'Page({})' } }),
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
