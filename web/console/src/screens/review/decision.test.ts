// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';
import type { Review } from '../../platform/schemas';
import { session } from '../../session';
import { DecisionElement } from './decision';

const point = (name: string, ticked: boolean) => ({ point: name, text: name, ticked });
const review = (ticked: boolean): Review => ({
  release: {
    id: 'r1',
    app_id: 'org.a',
    name: 'A',
    version: '1.0.0',
    version_code: 1,
    state: 'in_review',
    actions: [],
    submitted_digest: 'd1',
    forced: false,
    submit_when_checked: false,
    release_when_approved: false,
    created_at: 0,
    revision: 3,
  },
  reviewer_id: 'rita',
  reviewer_name: 'Rita',
  lease_until: 9,
  checklist: [point('runs', true), point('privacy', ticked)],
});

async function shown(of: Review): Promise<DecisionElement> {
  const element = new DecisionElement();
  element.review = of;
  element.addEventListener('review-changed', (event) => {
    element.review = (event as CustomEvent<Review>).detail;
  });
  document.body.append(element);
  await element.updateComplete;
  return element;
}

const approve = (element: DecisionElement) => element.renderRoot.querySelector<HTMLButtonElement>('button.primary');
const signIn = (id: string) => {
  session.me = { id, name: id, login: id, role: 'user' };
};

afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

it('lets only whoever claimed it tick and decide', async () => {
  signIn('ralf');
  const element = await shown(review(true));
  expect(element.renderRoot.querySelector('fieldset')?.disabled).toBe(true);
  expect(approve(element)).toBeNull();
});

it('approves exactly what was reviewed, once every point is ticked', async () => {
  signIn('rita');
  const asked: { path: string; init: RequestInit }[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push({ path, init });
    return Response.json(
      path.endsWith('/checklist') ? review(true).checklist : { ...review(true).release, state: 'approved' },
    );
  });
  const element = await shown(review(false));
  expect(approve(element)?.disabled).toBe(true);
  const boxes = element.renderRoot.querySelectorAll('input');
  boxes[1]?.click();
  await vi.waitFor(() => expect(approve(element)?.disabled).toBe(false));
  expect(JSON.parse(String(asked[0]?.init.body))).toEqual({ ticked: ['runs', 'privacy'] });
  approve(element)?.click();
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(JSON.parse(String(asked[1]?.init.body))).toEqual({ action: 'approve', submitted_digest: 'd1' });
  expect(new Headers(asked[1]?.init.headers).get('if-match')).toBe('"r3"');
});

it('loses no tick of someone who is faster than the network', async () => {
  signIn('rita');
  const bodies: unknown[] = [];
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    bodies.push(JSON.parse(String(init.body)));
    await new Promise((resolve) => setTimeout(resolve, 5));
    return Response.json(review(true).checklist);
  });
  const element = await shown(review(false));
  const boxes = element.renderRoot.querySelectorAll('input');
  boxes[0]?.click();
  boxes[1]?.click();
  boxes[0]?.click();
  await vi.waitFor(() => expect(bodies).toHaveLength(2));
  expect(bodies).toEqual([{ ticked: [] }, { ticked: ['privacy', 'runs'] }]);
  await vi.waitFor(() => expect(approve(element)?.disabled).toBe(false));
});

it('shows again what the platform knows where a tick is refused', async () => {
  signIn('rita');
  vi.stubGlobal('fetch', async () => Response.json({ title: 'Another reviewer is at work on it' }, { status: 409 }));
  const element = await shown(review(false));
  element.renderRoot.querySelectorAll('input')[1]?.click();
  await vi.waitFor(() =>
    expect(element.renderRoot.querySelector('[role=alert]')?.textContent).toContain('Another reviewer'),
  );
  await element.updateComplete;
  expect(element.renderRoot.querySelectorAll('input')[1]?.checked).toBe(false);
});
