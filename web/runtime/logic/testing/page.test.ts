import { expect, test } from 'vitest';
import { type AppSource, settle, TestApp, windowMetrics } from './app';
import { boxPage, listPage, partComponent } from './fixtures/templates';

const log = 'const log = (global.__log ??= []);';

function boxApp(page: string, more: Partial<AppSource> = {}): AppSource {
  return {
    modules: {
      'app.js': `${log} App({ globalData: { user: 1 }, onLaunch(o) { log.push('launch ' + o.path) }, onShow() { log.push('app show') } })`,
      'pages/a/a.js': page,
      'parts/my.js': `${log} Component({
        properties: { title: String },
        lifetimes: { attached() { log.push('part attached') }, ready() { log.push('part ready') }, detached() { log.push('part detached') } },
        pageLifetimes: { show() { log.push('part show') } },
        methods: { tapInner(e) { this.triggerEvent('ping', { from: e.type }) } },
      })`,
    },
    templates: { 'pages/a/a': boxPage, 'parts/my': partComponent },
    pages: { 'pages/a/a': { usingComponents: { 'my-part': 'parts/my' } } },
    components: { 'parts/my': {} },
    ...more,
  };
}

function takeLog(): string[] {
  const scope = globalThis as { __log?: string[] };
  return scope.__log?.splice(0) ?? [];
}

const plainPage = `${log} Page({
  data: { msg: 'hi', on: 'x', n: 7, text: '' },
  onLoad(q) { log.push('load ' + JSON.stringify(q)) },
  onShow() { log.push('show') },
  onReady() { log.push('ready') },
  onHide() { log.push('hide') },
  onUnload() { log.push('unload') },
  tapBox(e) { log.push(JSON.stringify(e)) },
  typed(e) { log.push('typed ' + e.detail.value + ' ' + this.data.text) },
  pinged(e) { log.push('ping ' + JSON.stringify(e.detail)) },
  extra: { list: [1] },
})`;

test('a page is drawn, with component classes prefixed and hover classes too', async () => {
  takeLog();
  const app = new TestApp(boxApp(plainPage));
  await settle();
  expect(app.errors()).toEqual([]);
  expect(app.view.markup()).toBe(
    '<page><view.box.x><text>hi</text><input></input><my-part><view.parts_my--inner>hislotted</view></my-part></view></page>',
  );
  expect(app.view.find((node) => node.classes === 'parts_my--inner').attributes['hover-class']).toBe('parts_my--hot');
  expect(app.view.byId('box').listeners).toEqual({ tap: 1 });
});

test('lifecycle methods run in order, ready after the first batch is drawn', async () => {
  takeLog();
  const app = new TestApp(boxApp(plainPage));
  expect(takeLog()).toEqual(['launch pages/a/a', 'app show', 'part attached', 'load {}', 'show', 'part show']);
  await settle();
  expect(takeLog()).toEqual(['part ready', 'ready']);
  expect(app.shell.of('page.ready')).toEqual([{ k: 'page.ready', pageId: 1, path: 'pages/a/a' }]);
  expect(app.shell.of('ready')).toHaveLength(1);
  app.shell.deliver({ k: 'page.hide', pageId: 1 });
  app.shell.deliver({ k: 'page.show', pageId: 1 });
  app.shell.deliver({ k: 'page.unload', pageId: 1 });
  expect(takeLog()).toEqual(['hide', 'show', 'part show', 'unload', 'part detached']);
  expect(app.view.port.closed).toBe(true);
});

test('an event has the shape that handlers expect', async () => {
  takeLog();
  const app = new TestApp(boxApp(plainPage));
  await settle();
  takeLog();
  const text = app.view.find((node) => node.tag === 'text');
  const touch = { identifier: 0, pageX: 1, pageY: 2, clientX: 1, clientY: 2 };
  app.view.fire(
    text,
    'tap',
    { x: 1, y: 2 },
    { touches: [touch], changedTouches: [touch], offset: { left: 3, top: 4 } },
  );
  const event = JSON.parse(takeLog()[0] ?? '{}') as Record<string, unknown>;
  expect(event).toMatchObject({
    type: 'tap',
    detail: { x: 1, y: 2 },
    target: { id: '', offsetLeft: 3, offsetTop: 4, dataset: {} },
    currentTarget: { id: 'box', dataset: { n: 7 } },
    touches: [touch],
    changedTouches: [touch],
    mark: {},
  });
  expect(app.view.port.of('seen').at(-1)).toEqual({ k: 'seen', seq: 1 });
});

test('a caught event ends in the component, whose own event reaches the page', async () => {
  takeLog();
  const app = new TestApp(boxApp(plainPage));
  await settle();
  takeLog();
  app.view.fire(
    app.view.find((node) => node.classes === 'parts_my--inner'),
    'tap',
    {},
  );
  expect(takeLog()).toEqual(['ping {"from":"tap"}']);
});

test('a two-way binding is written before the input event is handled', async () => {
  takeLog();
  const app = new TestApp(boxApp(plainPage));
  await settle();
  takeLog();
  const input = app.view.find((node) => node.tag === 'input');
  expect([...input.bindings]).toEqual(['value']);
  app.view.fire(input, 'model:value', { value: 'abc' });
  app.view.fire(input, 'input', { value: 'abc', cursor: 3 });
  expect(takeLog()).toEqual(['typed abc abc']);
});

test('setData calls back once the batch is drawn, and this.data is current at once', async () => {
  takeLog();
  const app = new TestApp(
    boxApp(`${log} Page({ data: { msg: 'a', list: [1, 2] }, onLoad() {
      this.setData({ msg: 'b', 'list[1]': 5, 'deep.x': 1 }, () => log.push('drawn'));
      log.push(JSON.stringify(this.data));
    } })`),
  );
  app.view.acknowledging = false;
  await settle();
  expect(takeLog().filter((line) => !line.startsWith('part'))).toEqual([
    'launch pages/a/a',
    'app show',
    '{"msg":"b","list":[1,5],"deep":{"x":1}}',
  ]);
  app.view.acknowledge(1);
  await settle();
  expect(takeLog()).toContain('drawn');
});

test('at most two batches are on their way; what happens meanwhile is one batch', async () => {
  const app = new TestApp(boxApp('Page({ data: { msg: "0" } })'));
  app.view.acknowledging = false;
  await settle();
  const page = app.runtime.pages.current?.instance;
  for (const msg of ['1', '2', '3', '4']) {
    page?.setData({ msg });
    await settle();
  }
  expect(app.view.port.of('ops')).toHaveLength(2);
  app.view.acknowledge(1);
  await settle();
  expect(app.view.port.of('ops')).toHaveLength(3);
  expect(app.view.markup()).toContain('<text>4</text>');
});

test('ten class and style changes in a turn are one operation each', async () => {
  const app = new TestApp(boxApp('Page({ data: { msg: "" } })'));
  await settle();
  const before = app.view.port.of('ops').length;
  for (let turn = 0; turn < 10; turn += 1) app.runtime.pages.current?.instance.setData({ on: `c${turn}` });
  await settle();
  expect(
    app.view.port
      .of('ops')
      .slice(before)
      .map((message) => message.ops),
  ).toEqual([[14, 2, 'box c9']]);
});

test('a list is created, changed, moved and cleared', async () => {
  const app = new TestApp({
    modules: { 'pages/a/a.js': 'Page({ data: { rows: [] } })' },
    templates: { 'pages/a/a': listPage },
  });
  const page = app.runtime.pages.current?.instance;
  const rows = (ids: number[]) => ids.map((id) => ({ id, label: `r${id}` }));
  const shown = async () => {
    await settle();
    return app.view.root.children.map((row) => row.children.map((cell) => app.view.markup(cell.children[0])).join(':'));
  };
  page?.setData({ rows: rows([1, 2, 3, 4]) });
  expect(await shown()).toEqual(['1:r1', '2:r2', '3:r3', '4:r4']);
  page?.setData({ 'rows[2].label': 'new' });
  expect(await shown()).toEqual(['1:r1', '2:r2', '3:new', '4:r4']);
  page?.setData({ rows: rows([4, 2, 5, 1]) });
  expect(await shown()).toEqual(['4:r4', '2:r2', '5:r5', '1:r1']);
  page?.setData({ rows: [] });
  expect(await shown()).toEqual([]);
  expect(app.view.nodes.size).toBeLessThan(4);
});

test('a page that fails to load is reported with its position', async () => {
  const app = new TestApp({ modules: { 'pages/a/a.js': '\nthrow new Error("broken page")' } });
  await settle();
  expect(app.shell.of('page.failed')[0]).toMatchObject({ path: 'pages/a/a', message: 'broken page' });
  expect(app.shell.of('error')[0]).toMatchObject({
    message: 'Error: broken page (opening pages/a/a)',
    position: { file: 'script/pages/a/a.js', line: 3 },
  });
});

test('a page that app.json does not list is not found', async () => {
  takeLog();
  const app = new TestApp({
    modules: {
      'app.js': `${log} App({ onPageNotFound(o) { log.push(JSON.stringify(o)) } })`,
      'pages/a/a.js': 'Page({})',
    },
  });
  app.open('pages/none/none', 'navigateTo', { a: '1' });
  expect(takeLog()).toEqual(['{"path":"pages/none/none","query":{"a":"1"},"isEntryPage":false}']);
  expect(app.shell.of('page.failed')[0]?.message).toContain('app.json does not list it');
});

test('pages have route, options, fields of their own, and getApp', async () => {
  takeLog();
  const app = new TestApp(
    boxApp(`${log} const app = getApp(); Page({ data: { msg: '' }, extra: { list: [1] }, onLoad() {
      this.extra.list.push(2);
      log.push(JSON.stringify([this.route, this.options, this.extra, app.globalData, getCurrentPages().length, this.is]));
    } })`),
  );
  app.open('pages/a/a', 'navigateTo', { id: '9' });
  const lines = takeLog().filter((line) => line.startsWith('['));
  expect(lines).toEqual([
    '["pages/a/a",{},{"list":[1,2]},{"user":1},1,"pages/a/a"]',
    '["pages/a/a",{"id":"9"},{"list":[1,2]},{"user":1},2,"pages/a/a"]',
  ]);
});

test('Component may be a page: properties take the query, methods the lifecycle', async () => {
  takeLog();
  const app = new TestApp(
    boxApp(`${log} Component({ properties: { id: String }, data: { msg: 'c' },
      lifetimes: { attached() { log.push('attached ' + this.properties.id) } },
      pageLifetimes: { show() { log.push('page show') } },
      methods: { onLoad(q) { log.push('load ' + q.id) }, onShow() { log.push('on show') }, onReady() { log.push('on ready') } } })`),
  );
  await settle();
  takeLog();
  app.open('pages/a/a', 'navigateTo', { id: '5' });
  await settle();
  expect(takeLog().filter((line) => !line.startsWith('part'))).toEqual([
    'attached 5',
    'load 5',
    'on show',
    'page show',
    'on ready',
  ]);
});

test('a hint of the framework is given once, in development only', async () => {
  for (const development of [true, false]) {
    const app = new TestApp({
      modules: { 'pages/a/a.js': 'Page({ data: { rows: [{ id: 1 }, { id: 1 }] } })' },
      templates: { 'pages/a/a': listPage },
      start: { development },
    });
    app.runtime.pages.current?.instance.setData({ rows: [{ id: 5 }, { id: 5 }] });
    await settle();
    expect(app.lines()).toEqual(development ? ['Some keys are not unique while list updates: "1". (pages/a/a)'] : []);
  }
});

test('pages and wx.onWindowResize hear of a new size', () => {
  takeLog();
  const app = new TestApp({
    modules: {
      'pages/a/a.js': `${log} Page({ onResize(e) { log.push('page ' + e.size.windowWidth + ' ' + e.deviceOrientation) } })`,
    },
  });
  const heard: unknown[] = [];
  app.wx.onWindowResize?.((detail: unknown) => heard.push(detail));
  const window = { ...windowMetrics, windowWidth: 812, windowHeight: 375 };
  for (let turn = 0; turn < 2; turn += 1) app.shell.deliver({ k: 'page.metrics', pageId: 1, window });
  expect(takeLog()).toEqual(['page 812 landscape', 'page 812 landscape']);
  expect(heard).toEqual([{ size: { windowWidth: 812, windowHeight: 375 } }]);
  expect(app.wx.getWindowInfo?.()).toMatchObject({ windowWidth: 812 });
});
