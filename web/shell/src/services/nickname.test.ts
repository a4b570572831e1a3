/** The user's own name is offered by the shell, and goes to the app's page by the user's choice alone. */
import { beforeEach, expect, it, vi } from 'vitest';
import type { MiniApp } from '../miniapp/mini-app';
import type { Page } from '../miniapp/page';
import { nicknameOfferOf, nicknameServices } from './nickname';

vi.mock('../platform/client', () => ({ me: () => Promise.resolve({ name: 'Ada' }) }));

const page = {} as Page;
let decision: string;
let agreed: boolean;
let app: MiniApp;
let tell: ReturnType<typeof vi.fn<(name: string, detail: unknown) => void>>;

beforeEach(() => {
  vi.useRealTimers();
  [decision, agreed] = ['allowed', true];
  tell = vi.fn();
  const permission = {
    judge: () => ({ decision }),
    require: () => (agreed ? Promise.resolve() : Promise.reject(new Error('refused'))),
  };
  app = { permission, stack: { current: page } } as unknown as MiniApp;
});

const serve = (op: string, of: Page = page, node = 5) =>
  nicknameServices[`nickname.${op}`]?.({ app, page: of, node, tell }, {}) as Promise<void>;

it('tells the page nothing before the user takes the offer', async () => {
  await serve('offer');
  const { nickname } = nicknameOfferOf(app);
  expect(nickname?.name).toBe('Ada');
  expect(tell).not.toHaveBeenCalled();
  await nickname?.choose();
  expect(tell).toHaveBeenCalledExactlyOnceWith('nickname', { name: 'Ada' });
  expect(nicknameOfferOf(app).nickname).toBeUndefined();
});

it('tells nothing where the user does not agree to the use of it', async () => {
  agreed = false;
  await serve('offer');
  await expect(nicknameOfferOf(app).nickname?.choose()).rejects.toThrow('refused');
  expect(tell).not.toHaveBeenCalled();
});

it('offers nothing to an app that may not have it, nor to a page behind', async () => {
  decision = 'refused';
  await serve('offer');
  expect(nicknameOfferOf(app).nickname).toBeUndefined();
  decision = 'allowed';
  await serve('offer', {} as Page);
  expect(nicknameOfferOf(app).nickname).toBeUndefined();
});

it('stays for a moment after the field lost the focus, and for the field that has it now', async () => {
  vi.useFakeTimers();
  await serve('offer');
  await serve('withdraw');
  expect(nicknameOfferOf(app).nickname).toBeDefined();
  vi.advanceTimersByTime(400);
  expect(nicknameOfferOf(app).nickname).toBeUndefined();
  await serve('offer');
  await serve('offer', page, 6);
  await serve('withdraw', page, 5);
  vi.advanceTimersByTime(400);
  expect(nicknameOfferOf(app).nickname).toBeDefined();
});
