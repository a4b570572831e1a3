// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { session } from '../session';
import { AppsElement } from './apps';

const app = (id: string) => ({ app_id: id, name: id, minimum_version_code: 0, created_at: 0, revision: 0 });
type Answer = (path: string, init: RequestInit) => Response;

function platform(answer: Answer): { asked: string[]; bodies: unknown[] } {
  const asked: string[] = [];
  const bodies: unknown[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push(`${init.method} ${path}`);
    if (typeof init.body === 'string') bodies.push(JSON.parse(init.body));
    return answer(path, init);
  });
  return { asked, bodies };
}

async function shown(): Promise<AppsElement> {
  const element = new AppsElement();
  document.body.append(element);
  await vi.waitFor(() => expect(element.renderRoot.textContent).toContain('My apps'));
  return element;
}

function press(element: AppsElement, name: string): void {
  const buttons = [...element.renderRoot.querySelectorAll('button')];
  const found = buttons.find((button) => button.textContent?.trim() === name);
  if (found === undefined) throw new Error(`no button ${name}: ${buttons.map((one) => one.textContent).join()}`);
  found.click();
}

beforeEach(() => {
  history.replaceState(null, '', '/console/');
  session.me = { id: 'u', name: 'Dan', login: 'dan', role: 'user' };
  session.organisations = [];
});

afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

it('goes on with the next page where the last one ended', async () => {
  const { asked } = platform((path) =>
    path.includes('after=')
      ? Response.json({ items: [app('org.b')], next: null })
      : Response.json({ items: [app('org.a')], next: 'cursor' }),
  );
  const element = await shown();
  await vi.waitFor(() => expect(element.renderRoot.textContent).toContain('org.a'));
  press(element, 'Show more');
  await vi.waitFor(() => expect(element.renderRoot.textContent).toContain('org.b'));
  expect(element.renderRoot.textContent).toContain('org.a');
  expect(asked).toEqual(['GET /api/v1/apps', 'GET /api/v1/apps?after=cursor']);
  expect(element.renderRoot.textContent).not.toContain('Show more');
});

it('says where the list failed, and tries again', async () => {
  let fails = true;
  platform(() => {
    if (fails) throw new TypeError('no network');
    return Response.json({ items: [app('org.a')], next: null });
  });
  const element = await shown();
  await vi.waitFor(() =>
    expect(element.renderRoot.querySelector('[role=alert]')?.textContent).toContain('not reached'),
  );
  fails = false;
  press(element, 'Try again');
  await vi.waitFor(() => expect(element.renderRoot.textContent).toContain('org.a'));
});

it('makes the publisher once, and keeps what was typed where the id is refused', async () => {
  let taken = true;
  const organisation = {
    id: 'o',
    name: 'Kitchen',
    verification: 'unverified',
    created_at: 0,
    revision: 0,
    role: 'owner',
  };
  const { asked, bodies } = platform((path, { method }) => {
    if (path === '/api/v1/organisations') return Response.json(method === 'POST' ? organisation : [organisation]);
    if (method === 'GET') return Response.json({ items: [], next: null });
    if (!taken) return Response.json(app('org.example.soup'), { status: 201 });
    return Response.json({ title: 'The id is taken', detail: 'By another.', hint: 'Choose another.' }, { status: 409 });
  });
  const element = await shown();
  await vi.waitFor(() => expect(element.renderRoot.textContent).toContain('Reserve an id first'));
  press(element, 'Reserve a mini app');
  await element.updateComplete;
  const input = (name: string) => element.renderRoot.querySelector<HTMLInputElement>(`[name=${name}]`);
  for (const [name, value] of [
    ['id', 'org.example.soup'],
    ['name', 'Soup'],
    ['publisher', 'Kitchen'],
  ] as const) {
    const found = input(name);
    if (found !== null) found.value = value;
  }
  const submit = () =>
    element.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  submit();
  await vi.waitFor(() =>
    expect(element.renderRoot.querySelector('[role=alert]')?.textContent).toContain('The id is taken'),
  );
  expect([input('id')?.value, input('name')?.value, input('publisher')]).toEqual(['org.example.soup', 'Soup', null]);
  taken = false;
  submit();
  await vi.waitFor(() => expect(location.pathname).toBe('/console/apps/org.example.soup'));
  expect(asked.filter((one) => one === 'POST /api/v1/organisations')).toHaveLength(1);
  expect(bodies.at(-1)).toEqual({ app_id: 'org.example.soup', name: 'Soup' });
});
