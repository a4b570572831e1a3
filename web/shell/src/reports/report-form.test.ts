// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';
import type { MiniApp } from '../miniapp/mini-app';
import { ReportForm } from './report-form';

type Answer = (path: string, body: unknown) => Response | Promise<Response>;

/** Only what the form looks at. */
function anApp(renewSession = async () => false): MiniApp {
  const app = {
    id: 'org.example.menu',
    release: { package: { version: '1.2.0' } },
    options: { target: {}, renewSession },
    stack: { current: { path: 'pages/pay/index' } },
  };
  return app as unknown as MiniApp;
}

function platform(answer: Answer): { path: string; body: unknown }[] {
  const asked: { path: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    asked.push({ path: `${init.method} ${path}`, body });
    return answer(path, body);
  });
  return asked;
}

const kept = {
  id: 'r1',
  app_id: 'org.example.menu',
  app_name: 'Menu',
  version: '1.2.0',
  reason: 'fraud',
  text: 'Twice.',
  state: 'open',
  created_at: 1,
};
const problem = (status: number, kind: string) =>
  Response.json({ type: `urn:mezze:problem:${kind}`, title: 'T', status, detail: 'D' }, { status });

async function shown(app: MiniApp): Promise<ReportForm> {
  const form = new ReportForm();
  Object.assign(form, { app, name: 'Menu', platform: 'Mezze' });
  document.body.append(form);
  await form.updateComplete;
  return form;
}

function choose(form: ReportForm, reason: string): void {
  const radio = form.renderRoot.querySelector<HTMLInputElement>(`input[value=${reason}]`);
  radio?.dispatchEvent(new Event('change'));
}

function type(form: ReportForm, name: string, words: string): void {
  const control = form.renderRoot.querySelector<HTMLInputElement>(`[name=${name}]`);
  if (control === null) throw new Error(name);
  control.value = words;
  control.dispatchEvent(new Event('input'));
}

async function submit(form: ReportForm): Promise<void> {
  form.renderRoot.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await vi.waitFor(() => expect(form.renderRoot.querySelector('[role=alert], [role=status]')).not.toBeNull());
}

const words = (form: ReportForm) => form.renderRoot.textContent?.replace(/\s+/g, ' ') ?? '';

afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

it('sends what is wrong with the version and the page, and thanks', async () => {
  const asked = platform(() => Response.json(kept, { status: 201 }));
  const form = await shown(anApp());
  choose(form, 'fraud');
  type(form, 'text', '  Twice. ');
  await submit(form);
  expect(asked).toEqual([
    {
      path: 'POST /api/v1/miniapps/org.example.menu/reports',
      body: { version: '1.2.0', page: 'pages/pay/index', reason: 'fraud', text: 'Twice.' },
    },
  ]);
  expect(words(form)).toContain('Thank you. Your report is with Mezze.');
});

it('says that the very same report waits already', async () => {
  platform(() => Response.json(kept, { status: 200 }));
  const form = await shown(anApp());
  choose(form, 'fraud');
  type(form, 'contact', 'uma@example.org');
  await submit(form);
  expect(words(form)).toContain('You reported this before');
});

it('wants a reason, and words for another one', async () => {
  const asked = platform(() => Response.json(kept, { status: 201 }));
  const form = await shown(anApp());
  await submit(form);
  expect(words(form)).toContain('Choose what is wrong.');
  choose(form, 'other');
  await submit(form);
  await vi.waitFor(() => expect(words(form)).toContain('Say what is wrong.'));
  expect(asked).toEqual([]);
});

it('keeps what was typed where it could not be sent, also when the sheet was closed between', async () => {
  platform(() => {
    throw new TypeError('offline');
  });
  const app = anApp();
  const form = await shown(app);
  choose(form, 'broken');
  type(form, 'text', 'It stays blank.');
  await submit(form);
  expect(words(form)).toContain('Check the network and send it again.');
  form.remove();
  const again = await shown(app);
  expect(again.renderRoot.querySelector('textarea')?.value).toBe('It stays blank.');
  platform(() => problem(429, 'too-often'));
  await submit(again);
  expect(words(again)).toContain('You have sent many reports today.');
});

it('signs in again where that needs nobody', async () => {
  let signedIn = false;
  const asked = platform(() => (signedIn ? Response.json(kept, { status: 201 }) : problem(401, 'not-signed-in')));
  const form = await shown(
    anApp(async () => {
      signedIn = true;
      return true;
    }),
  );
  choose(form, 'fraud');
  await submit(form);
  expect(asked).toHaveLength(2);
  expect(words(form)).toContain('Thank you');
});
