// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { session } from '../../session';
import { ReleaseElement } from './release';

const release = (state: string, more: Record<string, unknown> = {}) => ({
  id: 'r1',
  app_id: 'org.a',
  name: 'A',
  version: '1.0.0',
  version_code: 1,
  state,
  actions: [],
  submitted_digest: 'd1',
  forced: false,
  submit_when_checked: false,
  release_when_approved: false,
  created_at: 0,
  revision: 1,
  ...more,
});
const app = { app_id: 'org.a', name: 'A', minimum_version_code: 0, created_at: 0, revision: 0, organisation_id: 'o' };

/** The platform, whose release is what `now` gives; counts how often it was asked for. */
function platform(now: () => unknown): { asked: number } {
  const count = { asked: 0 };
  vi.stubGlobal('fetch', async (path: string) => {
    if (path === '/api/v1/releases/r1') {
      count.asked += 1;
      return Response.json(now());
    }
    if (path === '/api/v1/apps/org.a') return Response.json(app);
    return Response.json({ type: 'urn:mezze:problem:not-found', title: 'Not here', status: 404 }, { status: 404 });
  });
  return count;
}

async function shown(): Promise<ReleaseElement> {
  const element = new ReleaseElement();
  element.releaseId = 'r1';
  document.body.append(element);
  await vi.advanceTimersByTimeAsync(10);
  await element.updateComplete;
  return element;
}

const words = (element: ReleaseElement) => element.renderRoot.textContent ?? '';

beforeEach(() => {
  vi.useFakeTimers();
  session.organisations = [];
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('follows a review that is due, and rests once it is over', async () => {
  let state = 'in_review';
  const count = platform(() => release(state));
  const element = await shown();
  expect(words(element)).toContain('in review');
  state = 'approved';
  await vi.advanceTimersByTimeAsync(10_500);
  await element.updateComplete;
  expect(words(element)).toContain('approved');
  const { asked } = count;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(count.asked).toBe(asked);
});

it('looks again when the time of a release has come', async () => {
  const at = Math.floor(Date.now() / 1000) + 60;
  const count = platform(() => release('approved', { scheduled_at: at }));
  await shown();
  await vi.advanceTimersByTimeAsync(50_000);
  expect(count.asked).toBe(1);
  await vi.advanceTimersByTimeAsync(14_000);
  expect(count.asked).toBeGreaterThan(1);
});
