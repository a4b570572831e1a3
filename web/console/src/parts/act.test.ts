// @vitest-environment happy-dom
import { render } from 'lit';
import { describe, expect, it } from 'vitest';
import { PlatformProblem } from '../platform/client';
import { Act, CarefulAct } from './act';

const host = { addController: () => undefined, removeController: () => undefined, requestUpdate: () => undefined };
const controllerHost = { ...host, updateComplete: Promise.resolve(true) };

interface Thing {
  revision: number;
  name: string;
}

function shown(act: Act): HTMLElement {
  const place = document.createElement('div');
  render(act.note(), place);
  return place;
}

describe('something a person does', () => {
  it('says a refusal where they are: what happened, and what to do', async () => {
    const act = new Act(controllerHost);
    const refusal = new PlatformProblem(409, 'The id is taken', 'org.example.menu is another’s.', 'Choose another id.');
    expect(await act.run(() => Promise.reject(refusal))).toBeUndefined();
    const note = shown(act);
    expect(note.querySelector('[role=alert]')).not.toBeNull();
    for (const words of ['The id is taken', 'another’s', 'Choose another id.'])
      expect(note.textContent).toContain(words);
    await act.run(() => Promise.resolve(1));
    expect(shown(act).textContent?.trim()).toBe('');
  });

  it('does one thing at a time, and does not hide faults of its own', async () => {
    const act = new Act(controllerHost);
    let done: () => void = () => undefined;
    const first = act.run(
      () =>
        new Promise<number>((resolve) => {
          done = () => resolve(1);
        }),
    );
    expect(await act.run(() => Promise.resolve(2))).toBeUndefined();
    done();
    expect(await first).toBe(1);
    await expect(act.run(() => Promise.reject(new TypeError('fault')))).rejects.toBeInstanceOf(TypeError);
    expect(act.busy).toBe(false);
  });
});

describe('something that others change too', () => {
  it('shows what they changed, and does it only where the person still wants it', async () => {
    let platform: Thing = { revision: 2, name: 'Soup' };
    let seen: Thing = { revision: 1, name: 'Menu' };
    const act = new CarefulAct<Thing>(
      controllerHost,
      () => seen,
      async () => platform,
      (thing) => {
        seen = thing;
      },
    );
    const rename = async (revision: number) => {
      if (revision !== platform.revision) throw new PlatformProblem(412, 'It has changed since', '', undefined);
      platform = { revision: revision + 1, name: 'Salad' };
      return platform;
    };
    expect(await act.change(rename)).toBe(false);
    expect(platform.name).toBe('Soup');
    const note = shown(act);
    expect(note.textContent?.replace(/\s+/g, ' ')).toContain('Name: Menu → Soup');
    note.querySelector('button')?.click();
    await new Promise((resolve) => setTimeout(resolve));
    expect([platform.name, seen.name]).toEqual(['Salad', 'Salad']);
    expect(shown(act).textContent?.trim()).toBe('');
  });
});
