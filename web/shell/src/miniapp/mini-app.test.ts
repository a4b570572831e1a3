// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';
import { MiniApp } from './mini-app';
import type { MiniAppOptions } from './options';
import type { Surface } from './surface';

// They read modules that only the build makes.
vi.mock('../frames/document', () => ({}));
vi.mock('../frames/runtime-code', () => ({}));
vi.mock('./runtime-data', () => ({}));

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('reports a page as opened even where it has gone on to another meanwhile', async () => {
  vi.useFakeTimers();
  const bodies: string[] = [];
  vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
    bodies.push(body);
    return new Response();
  });
  const options = { target: { appId: 'org.example.test' }, user: 'u', permission: {} } as unknown as MiniAppOptions;
  const app = new MiniApp({} as Surface, options);
  vi.spyOn(app, 'development', 'get').mockReturnValue(true);
  expect(app.stack.find(1)).toBeUndefined();
  app.pageReady(1, 'pages/index/index');
  await vi.advanceTimersByTimeAsync(100);
  expect(JSON.parse(bodies[0] ?? '')).toEqual({
    event: 'page',
    app_id: 'org.example.test',
    path: 'pages/index/index',
    state: 'ready',
  });
});
