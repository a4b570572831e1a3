/** Worklets against a clock that the test moves: values, motions, styles. */
import { describe, expect, it } from 'vitest';
import { settle, TestApp } from '../testing/app';
import { boxPage, partComponent } from '../testing/fixtures/templates';
import { styleText } from './animated-style';
import { bezierCurve, Easing } from './easing';

interface Worklet {
  shared(value: unknown): { value: unknown };
  derived(compute: () => unknown): { readonly value: unknown };
  timing(to: unknown, options?: object, done?: (finished: boolean) => void): unknown;
  spring(to: unknown, options?: object, done?: (finished: boolean) => void): unknown;
  decay(options?: object): unknown;
  delay(milliseconds: number, next: unknown): unknown;
  sequence(...steps: unknown[]): unknown;
  repeat(one: unknown, times?: number, reverse?: boolean): unknown;
  cancelAnimation(value: unknown): void;
}

const plain = () => {
  const app = new TestApp({ modules: { 'pages/a/a.js': 'Page({})' } });
  return { app, worklet: app.wx.worklet as unknown as Worklet };
};

describe('values', () => {
  it('are computed again when what they read has changed, and only then', () => {
    const { worklet } = plain();
    const [one, other] = [worklet.shared(1), worklet.shared(2)];
    let runs = 0;
    const sum = worklet.derived(() => {
      runs += 1;
      return Number(one.value) + Number(other.value);
    });
    expect([sum.value, sum.value, runs]).toEqual([3, 3, 1]);
    other.value = 5;
    expect([sum.value, runs]).toEqual([6, 2]);
  });

  it('move by time and keep their unit', () => {
    const { app, worklet } = plain();
    const width = worklet.shared('0px');
    const heard: boolean[] = [];
    width.value = worklet.timing('100px', { duration: 160, easing: Easing.linear }, (done) => heard.push(done));
    app.host.pass(16);
    app.host.pass(80);
    expect(Number.parseFloat(String(width.value))).toBeCloseTo(50, -1);
    expect(String(width.value)).toMatch(/px$/);
    app.host.pass(200);
    expect([width.value, heard]).toEqual(['100px', [true]]);
  });

  it('stop where they are when they are set to something else', () => {
    const { app, worklet } = plain();
    const x = worklet.shared(0);
    const heard: boolean[] = [];
    x.value = worklet.timing(100, { duration: 100 }, (done) => heard.push(done));
    app.host.pass(60);
    x.value = 7;
    app.host.pass(200);
    expect([x.value, heard]).toEqual([7, [false]]);
    x.value = worklet.timing(100, { duration: 100 });
    app.host.pass(60);
    worklet.cancelAnimation(x);
    const stood = x.value;
    app.host.pass(200);
    expect(x.value).toBe(stood);
  });

  it('swing to rest, slow down, and wait', () => {
    const { app, worklet } = plain();
    const [swing, slow, late] = [worklet.shared(0), worklet.shared(0), worklet.shared(0)];
    swing.value = worklet.spring(100);
    slow.value = worklet.decay({ velocity: 1000, clamp: [0, 120] });
    late.value = worklet.delay(100, worklet.timing(1, { duration: 10 }));
    app.host.pass(90);
    expect(late.value).toBe(0);
    let highest = 0;
    for (let step = 0; step < 300; step += 1) {
      app.host.pass(16);
      highest = Math.max(highest, Number(swing.value));
    }
    expect(highest).toBeGreaterThan(100);
    expect([swing.value, slow.value, late.value]).toEqual([100, 120, 1]);
  });

  it('go one way after the other, and back and forth', () => {
    const { app, worklet } = plain();
    const [turns, swings] = [worklet.shared(0), worklet.shared(0)];
    turns.value = worklet.sequence(worklet.timing(10, { duration: 32 }), worklet.timing(5, { duration: 32 }));
    swings.value = worklet.repeat(worklet.timing(10, { duration: 32 }), 2, true);
    const seen: number[] = [];
    for (let step = 0; step < 20; step += 1) {
      app.host.pass(16);
      seen.push(Number(swings.value));
    }
    expect(turns.value).toBe(5);
    expect(Math.max(...seen)).toBe(10);
    expect(seen.at(-1)).toBe(0);
  });

  it('that are computed may move too', () => {
    const { app, worklet } = plain();
    const pressed = worklet.shared(false);
    const scale = worklet.derived(() => worklet.timing(pressed.value === true ? 2 : 1, { duration: 32 }));
    expect(scale.value).toBe(1);
    pressed.value = true;
    expect(scale.value).toBe(1);
    app.host.pass(100);
    expect(scale.value).toBe(2);
  });
});

describe('curves', () => {
  it('begin at 0, end at 1, and can be turned round', () => {
    for (const curve of [Easing.ease, Easing.quad, Easing.bounce, Easing.elastic(), Easing.out(Easing.cubic)]) {
      expect(curve(0)).toBeCloseTo(0);
      expect(curve(1)).toBeCloseTo(1);
    }
    expect(Easing.out(Easing.quad)(0.5)).toBeCloseTo(0.75);
    expect(Easing.bezier(0, 0, 1, 1).factory()(0.3)).toBeCloseTo(0.3, 4);
    expect(bezierCurve(0.42, 0, 0.58, 1)(0.5)).toBeCloseTo(0.5, 4);
  });
});

describe('styles', () => {
  it('are written as CSS, and what is no style is left out', () => {
    expect(styleText({ borderRadius: 4, opacity: 0.5, transform: 'none', bad: () => 1, top: Number.NaN })).toBe(
      'border-radius:4px;opacity:0.5;transform:none',
    );
    expect(styleText(undefined)).toBe('');
  });

  it('follow a value on the elements of a component', async () => {
    const app = new TestApp({
      modules: {
        'pages/a/a.js': `Page({ data: { on: '', msg: '', text: '', n: 1 }, onLoad() {
          this.x = wx.worklet.shared(1);
          this.applyAnimatedStyle('#box', () => { 'worklet'; return { width: this.x.value }; }, {}, ({ styleId }) => { this.id_ = styleId; });
        } })`,
        'parts/my.js': 'Component({ properties: { title: String } })',
      },
      templates: { 'pages/a/a': boxPage, 'parts/my': partComponent },
      pages: { 'pages/a/a': { usingComponents: { 'my-part': 'parts/my' } } },
      components: { 'parts/my': {} },
    });
    await settle();
    const box = () => [...app.view.nodes.values()].find((node) => node.name === 'box');
    const styles = () => box()?.style.replace(/^;+|;+$/g, '');
    const [page] = app.runtime.pages.instances();
    expect(styles()).toBe('width:1px');
    (page?.x as { value: number }).value = 30;
    await settle();
    expect(styles()).toBe('width:30px');
    page?.clearAnimatedStyle('#box', [page.id_]);
    await settle();
    expect(styles()).toBe('');
    expect(app.errors()).toEqual([]);
  });
});
