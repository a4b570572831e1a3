import { expect, test } from 'vitest';
import { settle, TestApp } from './app';
import { boxPage, partComponent } from './fixtures/templates';

function app(part: string, page = 'Page({ data: { msg: "m" } })', more: object = {}): TestApp {
  return new TestApp({
    modules: { 'pages/a/a.js': page, 'parts/my.js': part },
    templates: { 'pages/a/a': boxPage, 'parts/my': partComponent },
    pages: { 'pages/a/a': { usingComponents: { 'my-part': 'parts/my' } } },
    components: { 'parts/my': more },
  });
}

const select = (test: TestApp) =>
  test.runtime.pages.current?.instance.selectComponent('#part') as Record<string, unknown> & {
    data: Record<string, unknown>;
  };

test('behaviors bring properties, data, methods and lifecycles; the component’s own win', async () => {
  const test = app(`
    const log = [];
    const base = Behavior({ properties: { size: { type: Number, value: 3 } }, data: { from: 'base', deep: { a: 1 } },
      lifetimes: { attached() { log.push('base') } }, methods: { who() { return 'base' }, log: () => log } });
    Component({ behaviors: [base, 'wx://form-field'], properties: { title: String }, data: { from: 'own', deep: { b: 2 } },
      lifetimes: { attached() { log.push('own') } }, methods: { who() { return 'own' } } })`);
  await settle();
  const part = select(test);
  expect(part.data).toMatchObject({ size: 3, from: 'own', deep: { a: 1, b: 2 }, title: 'm', name: '', value: null });
  expect((part.who as () => string)()).toBe('own');
  expect((part.log as () => string[])()).toEqual(['base', 'own']);
});

test('definition filters may change the component that uses the behavior', async () => {
  const test = app(`
    const filter = Behavior({ definitionFilter(definition) { definition.data = { ...definition.data, filtered: true } } });
    Component({ behaviors: [filter], data: { own: 1 } })`);
  await settle();
  expect(select(test).data).toMatchObject({ own: 1, filtered: true });
});

test('observers see property and data changes, observers of properties too', async () => {
  const test = app(`Component({
    properties: { title: { type: String, observer: 'titled' } }, data: { seen: [], a: { b: 1 } },
    observers: { 'title, a.b'(title, b) { this.data.seen.push(title + b) } },
    methods: { titled(value, before) { this.data.seen.push(before + '>' + value) } },
  })`);
  await settle();
  const part = select(test);
  expect(part.data.seen).toEqual(['m1', '>m']);
  test.runtime.pages.current?.instance.setData({ msg: 'n' });
  (part.setData as (data: object) => void)({ 'a.b': 2 });
  expect(part.data.seen).toEqual(['m1', '>m', 'n1', 'm>n', 'n2']);
});

test('wx://component-export decides what selectComponent gives', async () => {
  const test = app(
    `Component({ behaviors: ['wx://component-export'], export() { return { exported: this.data.x } }, data: { x: 5 } })`,
  );
  await settle();
  expect(select(test)).toEqual({ exported: 5 });
});

test('a component may be its own options and style settings', async () => {
  const shared = app(`Component({})`, undefined, {
    styleScope: 'p',
    styleIsolation: 'apply-shared',
    hostClass: 'p--host',
  });
  await settle();
  expect(shared.view.markup()).toContain('<my-part.p--host><view.inner.p--inner>');
  // Made by a function of another module, as libraries do: no compiler sees it.
  const computed = app(
    `const make = (o) => Component({ ...o, options: { addGlobalClass: true } }); make({})`,
    undefined,
    {
      styleScope: 'p',
    },
  );
  await settle();
  expect(computed.view.markup()).toContain('<view.inner.p--inner>');
  const virtual = app(`Component({ options: { virtualHost: true } })`);
  await settle();
  expect(virtual.view.markup()).not.toContain('my-part');
});

test('of a dataset the page shows what style sheets select by, and no more', async () => {
  const attributes = async (styledData: string[]) => {
    const test = new TestApp({
      modules: { 'pages/a/a.js': 'Page({ data: { n: "dark" } })', 'parts/my.js': 'Component({})' },
      templates: { 'pages/a/a': boxPage, 'parts/my': partComponent },
      pages: { 'pages/a/a': { usingComponents: { 'my-part': 'parts/my' } } },
      components: { 'parts/my': {} },
      config: { styledData },
    });
    await settle();
    const box = () => test.view.find((node) => node.name === 'box').attributes;
    const before = { ...box() };
    test.runtime.pages.current?.instance.setData({ n: 'light' });
    await settle();
    return [before, { ...box() }];
  };
  expect(await attributes(['n'])).toMatchObject([{ 'data-n': 'dark' }, { 'data-n': 'light' }]);
  expect((await attributes(['weui-theme']))[1]).not.toHaveProperty('data-n');
});

test('errors in lifecycle methods are reported with their place and stop nothing else', async () => {
  const test = app(
    `Component({ lifetimes: { attached() { throw new Error('in attached') } } })`,
    `
Page({ data: { msg: 'm' }, onLoad() { undefinedFunction() }, onShow() { this.setData({ msg: 'shown' }) } })`,
  );
  await settle();
  expect(test.errors()).toEqual([
    'Error: in attached (parts/my lifetime attached)',
    'ReferenceError: undefinedFunction is not defined (pages/a/a onLoad)',
  ]);
  expect(test.shell.of('error')[1]?.position).toMatchObject({ file: 'script/pages/a/a.js', line: 3 });
  expect(test.view.markup()).toContain('<text>shown</text>');
});

test('App.onError and wx.onError hear of errors', async () => {
  const heard: string[] = [];
  const test = new TestApp({
    modules: {
      'app.js': 'App({ onError(text) { this.heard = text } })',
      'pages/a/a.js': 'Page({ onLoad() { this.app = getApp() }, boom() { throw new Error("boom") } })',
    },
  });
  test.wx.onError?.((text: string) => heard.push(text));
  test.runtime.pages.current?.call('boom');
  expect(heard[0]).toMatch(/^Error: boom/);
  expect((test.runtime.pages.current?.instance.app as { heard?: string } | undefined)?.heard).toBe(heard[0]);
});

test('modules see what a circular one has exported so far, and a missing one says who asked', () => {
  const test = new TestApp({
    modules: {
      'a.js': 'exports.early = 1; const b = require("b.js"); exports.late = b.seen;',
      'b.js': 'exports.seen = Object.keys(require("./a"));',
      'pages/a/a.js': 'const a = require("a.js"); Page({ data: a, onLoad() { require("../../nothing") } })',
    },
  });
  expect(test.runtime.pages.current?.instance.data).toEqual({ early: 1, late: ['early'] });
  expect(test.errors()[0]).toContain('module "../../nothing" is not defined (required by "pages/a/a.js")');
});

test('timers stand still 5 seconds after the app was hidden', () => {
  const test = new TestApp({ modules: { 'pages/a/a.js': 'Page({})' } });
  const timers = Reflect.get(test.runtime, 'parts') as {
    timers: { functions: { setInterval(f: () => void, t: number): number } };
  };
  let ticks = 0;
  timers.timers.functions.setInterval(() => {
    ticks += 1;
  }, 1000);
  test.host.pass(3500);
  expect(ticks).toBe(3);
  test.shell.deliver({ k: 'app.hide' });
  test.host.pass(60_000);
  expect(ticks).toBe(8);
  test.shell.deliver({ k: 'app.show', options: { path: '', query: {}, scene: 1, referrerInfo: {} } });
  test.host.pass(2000);
  expect(ticks).toBe(10);
});

test('a page of a code package that is not there yet can ask for a module of it', async () => {
  const test = new TestApp({
    modules: { 'pages/a/a.js': 'Page({ load() { return require.async("sub/x.js") } })' },
    config: {
      packages: [
        { root: '', name: '', independent: false, pages: [], scripts: [], templates: [] },
        {
          root: 'sub',
          name: 'sub',
          independent: false,
          pages: [],
          scripts: [{ file: 'script/sub/x.js', module: 'sub/x.js', lines: 3 }],
          templates: [],
        },
      ],
    },
  });
  const { textBlob } = await import('./fake-host');
  const { wrapModule } = await import('./app');
  const loading = test.runtime.pages.current?.call('load') as Promise<unknown>;
  await settle();
  expect(test.lastCall('loadSubpackage').args).toEqual({ root: 'sub' });
  test.shell.deliver({
    k: 'package',
    root: 'sub',
    scripts: textBlob(wrapModule('sub/x.js', 'exports.x = 1')),
    templates: new Blob([]),
  });
  test.answer('loadSubpackage');
  await expect(loading).resolves.toEqual({ x: 1 });
});

const customTabBar = {
  color: '',
  selectedColor: '',
  backgroundColor: '',
  borderStyle: 'black',
  position: 'bottom' as const,
  custom: true,
  list: [{ pagePath: 'pages/a/a', text: 'A' }],
};

test('a tab page draws the custom tab bar beside its content and finds it', async () => {
  const test = new TestApp({
    modules: {
      'pages/a/a.js': 'Page({ onShow() { this.getTabBar().setData({ title: "tabs" }) } })',
      'custom-tab-bar/index.js': 'Component({ data: { title: "" } })',
    },
    templates: { 'custom-tab-bar/index': partComponent.replace('G["parts/my"]', 'G["custom-tab-bar/index"]') },
    components: { 'custom-tab-bar/index': {} },
    config: { tabBar: customTabBar },
  });
  await settle();
  expect(test.errors()).toEqual([]);
  expect(test.view.markup()).toBe(
    '<page><custom-tab-bar><view.custom-tab-bar_index--inner>tabs</view></custom-tab-bar></page>',
  );
});

test('a tab page of an app whose own tab bar is not there opens without one', async () => {
  const modules = { 'pages/a/a.js': 'Page({ data: { on: "", msg: "" } })' };
  const test = new TestApp({ modules, templates: { 'pages/a/a': boxPage }, config: { tabBar: customTabBar } });
  await settle();
  expect(test.errors()).toEqual([]);
  expect(test.view.markup()).toContain('<view.box');
});

test('a placeholder stands for a component until its code package is there', async () => {
  const packages = [
    { root: '', name: '', independent: false, pages: [], scripts: [], templates: [] },
    {
      root: 'sub',
      name: 'sub',
      independent: false,
      pages: [],
      scripts: [{ file: 'script/sub/my.js', module: 'sub/my.js', lines: 3 }],
      templates: [],
    },
  ];
  const test = new TestApp({
    modules: { 'pages/a/a.js': 'Page({ data: { msg: "m" } })' },
    templates: { 'pages/a/a': boxPage },
    pages: { 'pages/a/a': { usingComponents: { 'my-part': 'sub/my' }, componentPlaceholder: { 'my-part': 'view' } } },
    components: { 'sub/my': { package: 'sub', hasScript: true, hasTemplate: true } },
    config: { packages },
  });
  await settle();
  expect(test.view.markup()).toContain('<my-part>slotted</my-part>');
  const { textBlob } = await import('./fake-host');
  const { wrapModule, wrapTemplate } = await import('./app');
  const scripts = textBlob(wrapModule('sub/my.js', 'Component({ properties: { title: String } })'));
  const templates = textBlob(wrapTemplate('sub/my', partComponent.replace('G["parts/my"]', 'G["sub/my"]')));
  test.shell.deliver({ k: 'package', root: 'sub', scripts, templates });
  test.answer('loadSubpackage');
  await settle();
  expect(test.errors()).toEqual([]);
  expect(test.view.markup()).toContain('<my-part><view.sub_my--inner>mslotted</view></my-part>');
});

test('related components find each other, also when only a later page uses one of them', async () => {
  const relation = (type: string) => `{ type: '${type}', linked(target) { this.data.links.push(target.is) } }`;
  const slot = partComponent.replace('if(C)O(N,"catchtap","tapInner")', '');
  const child = `G["parts/child"]=(()=>{var H={};H[""]=(R,C,D,U)=>{var a=()=>{};return {C:a,B:{}}};return Object.assign(function(R){return H[R]},{_:H})})()`;
  const nested = `G["pages/b/b"]=(()=>{var H={};H[""]=(R,C,D,U)=>{var c=()=>{},b=(C,T,E)=>{E("my-child",{},(N,C)=>{if(C)R.i(N,"child")},c)},a=(C,T,E)=>{E("my-part",{},(N,C)=>{if(C)R.i(N,"part")},b)};return {C:a,B:{}}};return Object.assign(function(R){return H[R]},{_:H})})()`;
  const alone = nested.replaceAll('"my-part"', '"my-child"').replace('G["pages/b/b"]', 'G["pages/a/a"]');
  const test = new TestApp({
    modules: {
      'pages/a/a.js': 'Page({})',
      'pages/b/b.js': 'Page({})',
      'parts/my.js': `Component({ data: { links: [] }, relations: { './child': ${relation('child')} } })`,
      'parts/child.js': `Component({ data: { links: [] }, relations: { './my': ${relation('parent')} } })`,
    },
    templates: { 'pages/a/a': alone, 'pages/b/b': nested, 'parts/my': slot, 'parts/child': child },
    pages: {
      'pages/a/a': { usingComponents: { 'my-child': 'parts/child' } },
      'pages/b/b': { usingComponents: { 'my-part': 'parts/my', 'my-child': 'parts/child' } },
    },
    components: { 'parts/my': {}, 'parts/child': {} },
  });
  test.open('pages/b/b');
  const page = test.runtime.pages.current?.instance;
  const part = page?.selectComponent('#part') as {
    data: { links: string[] };
    getRelationNodes(key: string): unknown[];
  };
  expect(part.data.links).toEqual(['parts/child']);
  expect(part.getRelationNodes('./child')).toEqual([page?.selectComponent('#child')]);
  expect(test.errors()).toEqual([]);
});

test('a component whose script fails is drawn without behaviour, the page goes on', async () => {
  const test = app('throw new Error("broken part")');
  await settle();
  expect(test.errors()).toEqual(['Error: broken part (loading component parts/my)']);
  expect(test.view.markup()).toContain('<text>m</text>');
  expect(test.shell.of('page.ready')).toHaveLength(1);
});

test('a module that does not parse is reported and takes no other with it', async () => {
  const test = new TestApp({
    modules: { 'bad.js': 'const = 1;', 'pages/a/a.js': '\nPage({ onLoad() { throw new Error("here") } })' },
  });
  await settle();
  expect(test.errors()).toEqual([
    "SyntaxError: Unexpected token '=' (script/bad.js)",
    'Error: here (pages/a/a onLoad)',
  ]);
  expect(test.shell.of('error')[1]?.position).toMatchObject({ file: 'script/pages/a/a.js', line: 3 });
});

test('properties are taken as real components write them', async () => {
  const test = app(`
    const base = Behavior({ properties: { late: { type: Number, value: 1, observer: 'later' } }, observers: { title: 'titled' } });
    Component({ behaviors: [base], data: { log: [] }, properties: {
        title: null, either: { type: [Number, String], value: 'x' }, odd: { type: 'Strange', value: 5 }, bare: [String, Number], none: '' },
      methods: { later(value) { this.data.log.push('late ' + value) }, titled(value) { this.data.log.push('title ' + value) } } })`);
  await settle();
  const part = select(test);
  (part.setData as (data: object) => void)({ either: 3, late: 2 });
  expect(part.data).toMatchObject({ title: 'm', either: 3, odd: 5, bare: '', none: null, log: ['title m', 'late 2'] });
  expect(test.errors()).toEqual([]);
});
