/** Events of an operator's modules: one task for each, however many listen. */
import { expect, it, vi } from 'vitest';
import type { ApiContext } from './context';
import { extensionApis } from './extensions';

type Settle = (result: { ok: true; value: object } | { ok: false; failure: { errMsg: string } }) => void;

function start() {
  const tasks = new Map<number, (name: string, detail: unknown) => void>();
  const calls: { args: object; settle: Settle }[] = [];
  const closed: number[] = [];
  const warn = vi.fn();
  const bridge = {
    call: (api: string, args: object, _page: number, settle: Settle) => {
      expect(api).toBe('followExtension');
      return calls.push({ args, settle });
    },
    listenToTask: (task: number, listener: (name: string, detail: unknown) => void) => tasks.set(task, listener),
    endTask: (task: number) => tasks.delete(task),
    messageTask: (task: number, method: string) => closed.push(method === 'close' ? task : Number.NaN),
  };
  const reporter = { guard: (_what: string, work: () => void) => work(), warn };
  const context = { bridge, reporter, pages: { current: undefined } } as unknown as ApiContext;
  const { extOnBridge, extOffBridge } = extensionApis(context).syncs as Record<string, (options: unknown) => void>;
  if (extOnBridge === undefined || extOffBridge === undefined) throw new Error('an API is missing');
  const tell = (task: number, detail: unknown) => tasks.get(task)?.('extension.event', detail);
  return { on: extOnBridge, off: extOffBridge, tell, calls, closed, tasks, warn };
}

const card = { module: 'Card', event: 'topUp' };

it('follows an event once, tells everyone, and stops when nobody listens', () => {
  const { on, off, tell, calls, closed } = start();
  const [first, second] = [vi.fn(), vi.fn()];
  on({ ...card, callBack: first });
  on({ ...card, callBack: second });
  on({ module: 'Card', event: 'lock', callBack: first });
  expect(calls.map(({ args }) => args)).toEqual([card, { module: 'Card', event: 'lock' }]);
  tell(1, { cents: 5 });
  expect([first.mock.calls, second.mock.calls]).toEqual([[[{ cents: 5 }]], [[{ cents: 5 }]]]);
  off({ ...card, callBack: first });
  expect(closed).toEqual([]);
  off(card);
  expect(closed).toEqual([1]);
  tell(1, { cents: 6 });
  expect(second).toHaveBeenCalledTimes(1);
});

it('says why an event can’t be followed, and follows it again when asked again', () => {
  const { on, calls, warn } = start();
  on({ ...card, callBack: vi.fn() });
  calls[0]?.settle({ ok: false, failure: { errMsg: 'followExtension:fail There is no such extension' } });
  expect(warn).toHaveBeenCalledWith('extOnBridge:fail There is no such extension');
  on({ ...card, callBack: vi.fn() });
  expect(calls).toHaveLength(2);
});

it.each([undefined, {}, { module: 'Card' }, { module: '', event: 'a' }, { ...card, callBack: 'no function' }])(
  'refuses %j with a warning',
  (options) => {
    const { on, calls, warn } = start();
    on(options);
    expect(calls).toEqual([]);
    expect(warn).toHaveBeenCalledOnce();
  },
);
