/** What an app does about typing: what it returns, and writes that come late. */
import { expect, test } from 'vitest';
import { Operation, ownAttributes } from '../../protocol/operations';
import { settle, TestApp } from './app';
import type { FakeView } from './fake-view';
import { boxPage } from './fixtures/templates';

function fieldApp(typed: string): TestApp {
  return new TestApp({
    modules: {
      'app.js': 'App({})',
      'pages/a/a.js': `Page({ data: { msg: '', on: '', n: 0, text: '' }, ${typed} })`,
      'parts/my.js': 'Component({ properties: { title: String } })',
    },
    templates: { 'pages/a/a': boxPage },
    pages: { 'pages/a/a': { usingComponents: { 'my-part': 'parts/my' } } },
    components: { 'parts/my': {} },
  });
}

/** Writes of an attribute in the order they were posted, with the event number each carries. */
function writes(view: FakeView, name: string): [unknown, unknown][] {
  const found: [unknown, unknown][] = [];
  for (const { ops } of view.port.of('ops')) {
    for (let at = 0; at < ops.length; at += 1)
      if (ops[at] === Operation.setAttribute && ops[at + 2] === name) found.push([ops[at + 3], ops[at + 4]]);
  }
  return found;
}

function type(view: FakeView, ...texts: string[]): void {
  const input = view.find((node) => node.tag === 'input');
  for (const value of texts) view.fire(input, 'input', { value, cursor: value.length });
}

test('what a handler of input returns goes to the field, with the number of that event', async () => {
  const app = fieldApp(`typed({ detail: { value } }) {
    if (value === 'c') return { value: 'C', cursor: 0 }
    if (value === 'n') return { value: 7, cursor: 'x' }
    if (value === 'u') return undefined
    if (value === 'o') return { cursor: 1 }
    return value.toUpperCase()
  }`);
  await settle();
  type(app.view, 'a', 'c', 'n', 'u', 'o');
  await settle();
  expect(app.errors()).toEqual([]);
  expect(writes(app.view, ownAttributes.inputAnswer)).toEqual([
    [{ value: 'A' }, 1],
    [{ value: 'C', cursor: 0 }, 2],
    [{ value: '7' }, 3],
  ]);
});

test('a text that is written back late carries the number of the event that reported it', async () => {
  const app = fieldApp(
    'typed({ detail }) { Promise.resolve().then(() => Promise.resolve()).then(() => this.setData({ text: detail.value })) }',
  );
  await settle();
  const before = writes(app.view, 'value').length;
  type(app.view, '1', '12', '123');
  await settle();
  expect(writes(app.view, 'value').slice(before)).toEqual([
    ['1', 1],
    ['12', 2],
    ['123', 3],
  ]);
});

test('a text written while its event is handled is newer than the event, whatever it repeats', async () => {
  const app = fieldApp('typed({ detail }) { this.setData({ text: detail.value.slice(0, 2) }) }');
  await settle();
  const before = writes(app.view, 'value').length;
  type(app.view, '12', '123', '124');
  await settle();
  expect(writes(app.view, 'value').slice(before)).toEqual([
    ['12', 1],
    ['12', 2],
    ['12', 3],
  ]);
});

test('a measurement waits for the drawing that it follows, even where that has to wait', async () => {
  const app = fieldApp('grow(msg) { this.setData({ msg }) }');
  await settle();
  const { view } = app;
  view.acknowledging = false;
  const link = app.runtime.pages.current?.backend.link;
  const page = app.runtime.pages.current?.instance as unknown as { grow(text: string): void };
  for (const text of ['one', 'two', 'three']) {
    page.grow(text);
    await settle();
  }
  const posted = view.port.posted.length;
  void link?.invoke(0, 'measure', [[]]).catch(() => undefined);
  await settle();
  expect(view.port.posted).toHaveLength(posted);
  view.acknowledge(view.port.of('ops').at(-1)?.seq ?? 0);
  await settle();
  expect(view.port.posted.slice(posted).map((message) => message.k)).toEqual(['ops', 'invoke']);
});
