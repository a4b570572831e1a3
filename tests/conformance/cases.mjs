/**
 * Runs real mini programs: builds each with `mezze`, opens every page by `mezze dev` in Chromium, and writes what
 * happened and a picture of each page.
 *
 *   node tests/conformance/cases.mjs --out FOLDER [--mezze FILE] [--pages N] [--parallel N] PROJECT…
 *
 * For each project, FOLDER/NAME/ gets report.json and one PNG a page; FOLDER/summary.json has a row for each project:
 * compiles, pages, opened (the page said it is ready), clean (ready, and no uncaught error), drawn (something visible).
 * Third-party projects are fetched by whoever runs this; none of their code is kept here.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values: options, positionals: projects } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'conformance-report' },
    mezze: { type: 'string', default: process.env.MEZZE_BIN ?? 'mezze' },
    chromium: { type: 'string', default: process.env.MEZZE_CHROMIUM ?? '/usr/bin/chromium' },
    pages: { type: 'string', default: '0' },
    page: { type: 'string', multiple: true },
    parallel: { type: 'string', default: '2' },
    settle: { type: 'string', default: '700' },
    dark: { type: 'boolean', default: false },
  },
});

/** A port nobody listens on at the moment. */
function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Starts `mezze dev` and resolves once it is ready; `events` grows with each line it prints. */
async function startDevelopment(project) {
  const port = await freePort();
  const child = spawn(options.mezze, ['dev', project, '--no-open', '--json', '--listen', `127.0.0.1:${port}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const events = [];
  let stderr = '';
  child.stderr.on('data', (data) => (stderr += data));
  const ready = new Promise((done, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = JSON.parse(line);
      events.push(event);
      if (event.event === 'ready') done(event);
    });
    child.on('exit', (code) => fail(new Error(`mezze dev ended with ${code}: ${stderr.slice(-2000)}`)));
    setTimeout(() => fail(new Error('mezze dev was not ready within 60 s')), 60_000).unref();
  });
  return { child, events, ready: await ready };
}

function pageAddress(base, path) {
  const url = new URL(base);
  url.searchParams.set('path', path);
  return url.href;
}

/** Opens one page in a tab of its own and says what became of it. */
async function openPage(context, development, path, picture) {
  const from = development.events.length;
  const mine = () => development.events.slice(from);
  const tab = await context.newPage();
  const browserErrors = [];
  tab.on('console', (message) => message.type() === 'error' && browserErrors.push(message.text()));
  tab.on('pageerror', (error) => browserErrors.push(String(error)));
  await tab.goto(pageAddress(development.ready.url, path), { waitUntil: 'domcontentloaded' });
  const deadline = Date.now() + 15_000;
  const isState = (event) => event.event === 'page' && event.path === path;
  while (!mine().some(isState) && Date.now() < deadline) await new Promise((done) => setTimeout(done, 50));
  await tab.waitForTimeout(Number(options.settle));
  await tab.screenshot({ path: picture });
  const drawn = await drawnNodes(tab);
  await tab.close();
  const state = mine().find(isState)?.state ?? 'silent';
  const errors = mine().filter((event) => event.event === 'error');
  const consoleErrors = mine().filter((event) => event.event === 'console' && event.level === 'error');
  const warnings = mine().filter((event) => event.event === 'console' && event.level === 'warn');
  return { path, state, drawn, errors, consoleErrors, warnings, browserErrors };
}

/** Visible elements in the mini app's page frames: text, pictures, fields and boxes with an area. */
async function drawnNodes(tab) {
  let count = 0;
  for (const frame of tab.frames().slice(1)) {
    count += await frame
      .evaluate(() => {
        const root = document.querySelector('mz-page') ?? document.body;
        return [...root.querySelectorAll('*')].filter((node) => node.getClientRects().length > 0).length;
      })
      .catch(() => 0);
  }
  return count;
}

function declaredPages(development) {
  const { pages } = development.ready;
  if (!Array.isArray(pages)) throw new Error('mezze dev did not say which pages the app has');
  return pages;
}

async function runProject(browser, project) {
  const inner = ['miniprogram', 'dist', 'example'].includes(basename(project));
  const name = inner ? basename(dirname(resolve(project))) : basename(resolve(project));
  const folder = join(options.out, name);
  mkdirSync(folder, { recursive: true });
  let development;
  try {
    development = await startDevelopment(project);
  } catch (error) {
    writeFileSync(join(folder, 'report.json'), JSON.stringify({ project: name, failure: String(error) }, null, 2));
    return { name, project, compiles: false, failure: String(error).slice(0, 2000) };
  }
  try {
    let pages = options.page ?? declaredPages(development);
    if (Number(options.pages) > 0) pages = pages.slice(0, Number(options.pages));
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 }, deviceScaleFactor: 1, hasTouch: true, isMobile: true,
      colorScheme: options.dark ? 'dark' : 'light',
    });
    const results = [];
    for (const path of pages) {
      const picture = join(folder, `${path.replaceAll('/', '_')}.png`);
      results.push(await openPage(context, development, path, picture).catch((error) => ({
        path, state: 'broken', drawn: 0, errors: [{ message: String(error) }], consoleErrors: [], warnings: [], browserErrors: [],
      })));
    }
    await context.close();
    writeFileSync(join(folder, 'report.json'), JSON.stringify({ project: name, ready: development.ready, results }, null, 2));
    return {
      name, project, compiles: true, pages: results.length,
      opened: results.filter((each) => each.state === 'ready').length,
      clean: results.filter((each) => each.state === 'ready' && each.errors.length === 0).length,
      drawn: results.filter((each) => each.drawn > 1).length,
    };
  } finally {
    development.child.kill('SIGTERM');
  }
}

const browser = await chromium.launch({
  executablePath: options.chromium,
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const summary = [];
const waiting = [...projects];
await Promise.all(Array.from({ length: Number(options.parallel) }, async () => {
  for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
    const row = await runProject(browser, project);
    summary.push(row);
    process.stdout.write(`${JSON.stringify(row)}\n`);
  }
}));
await browser.close();
mkdirSync(options.out, { recursive: true });
writeFileSync(join(options.out, 'summary.json'), JSON.stringify(summary, null, 2));
