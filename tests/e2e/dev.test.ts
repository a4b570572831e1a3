/** `mezze dev --json`: what a tool reads, and what the developer sees. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { frameWith } from '../support/shell';
import { expect, test } from '../support/platform';

const fixture = fileURLToPath(new URL('fixtures/dev', import.meta.url));

async function startDev(tools: { home: string; start: (...parameters: string[]) => Promise<{ ready: Record<string, unknown>; events: Record<string, unknown>[]; stop: () => Promise<void> }> }, name: string) {
  const project = join(tools.home, name);
  await cp(fixture, project, { recursive: true });
  const dev = await tools.start('dev', project, '--listen', '127.0.0.1:0', '--no-open', '--json');
  const wait = async (matches: (event: Record<string, unknown>) => boolean) => {
    await expect.poll(() => dev.events.some(matches)).toBe(true).catch(() => {
      throw new Error(`no such event; there are: ${JSON.stringify(dev.events).slice(0, 3000)}`);
    });
    return dev.events.find(matches) as Record<string, unknown>;
  };
  return { ...dev, project, wait };
}

test('ready comes first, pages report, and the console has the developer’s own lines', async ({ page, tools }) => {
  const dev = await startDev(tools, 'dev-console');
  try {
    expect(dev.ready).toMatchObject({ event: 'ready', app_id: 'org.example.dev' });
    await page.goto(String(dev.ready.url));
    const index = await frameWith(page, 'text=First words');
    await dev.wait((event) => event.event === 'page' && event.path === 'pages/index/index' && event.state === 'ready');

    const logged = await dev.wait((event) => event.event === 'console' && String(event.text).includes('loaded'));
    expect(logged.text).toContain('an object');
    expect(logged).toMatchObject({ side: 'logic', file: 'pages/index/index.js', line: 5 });

    await index.getByText('warn', { exact: true }).click();
    const warned = await dev.wait((event) => event.event === 'console' && event.level === 'warn');
    expect(warned).toMatchObject({ file: 'pages/index/index.js', line: 13 });

    await index.getByText('fail', { exact: true }).click();
    const failed = await dev.wait((event) => event.event === 'error');
    expect(failed).toMatchObject({ message: expect.stringContaining('a failure of the page'), file: 'pages/index/index.js', line: 17 });
  } finally {
    await dev.stop();
  }
});

test('an edit is seen without a reload by hand, a mistake is shown where one looks', async ({ page, tools }) => {
  const dev = await startDev(tools, 'dev-reload');
  try {
    await page.goto(String(dev.ready.url));
    await frameWith(page, 'text=First words');
    const template = join(dev.project, 'pages/index/index.wxml');
    const source = await readFile(template, 'utf8');
    await writeFile(template, source.replace('First words', 'Other words'));
    await frameWith(page, 'text=Other words', 10_000);

    await writeFile(template, '<view>{{ count + }}</view>');
    await dev.wait((event) => event.event === 'diagnostic' && event.severity === 'error' && event.file === 'pages/index/index.wxml' && event.line === 1);
    await expect(page.getByText(/build failed/i).first()).toBeVisible();
    await writeFile(template, source.replace('First words', 'Mended words'));
    await frameWith(page, 'text=Mended words', 10_000);
  } finally {
    await dev.stop();
  }
});

test('a path in the query opens that page', async ({ page, tools }) => {
  const dev = await startDev(tools, 'dev-path');
  try {
    const address = new URL(String(dev.ready.url));
    address.searchParams.set('path', 'pages/second/index');
    await page.goto(address.href);
    await frameWith(page, 'text=Second page');
    await dev.wait((event) => event.event === 'page' && event.path === 'pages/second/index' && event.state === 'ready');
  } finally {
    await dev.stop();
  }
});
