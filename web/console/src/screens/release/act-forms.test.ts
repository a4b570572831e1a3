// @vitest-environment happy-dom
import { render } from 'lit';
import { describe, expect, it } from 'vitest';
import type { Release } from '../../platform/schemas';
import { actForms, type Choice, choicesFor, prepare, reservedFor } from './act-forms';

const release = { share: 5, scheduled_at: null } as Release;

function form(choice: Exclude<Choice, 'attach'>, fill: Record<string, string> = {}): HTMLFormElement {
  const element = document.createElement('form');
  render(actForms[choice](release), element);
  for (const [name, value] of Object.entries(fill)) {
    const control = element.querySelector(`[name=${name}]`);
    if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)) throw new Error(name);
    control.value = value;
  }
  return element;
}

describe('acts on a release', () => {
  it('offers what leads on, and a schedule where it could be released', () => {
    expect(choicesFor({ actions: ['stage', 'release', 'withdraw', 'supersede'] })).toEqual([
      'stage',
      'release',
      'schedule',
      'withdraw',
    ]);
    expect(choicesFor({ actions: ['recall', 'approve', 'reject'] })).toEqual(['recall']);
    expect(choicesFor({ actions: [] })).toEqual([]);
  });

  it('are a developer’s; going back and withdrawing an admin’s too', () => {
    const developer = { develops: true, administers: false };
    const admin = { develops: false, administers: true };
    const reviewer = { develops: false, administers: false };
    const all: Choice[] = ['attach', 'submit', 'stage', 'release', 'schedule', 'recall', 'revise'];
    for (const choice of all) {
      expect([reservedFor(choice, developer), reservedFor(choice, admin)]).toEqual([undefined, 'developers']);
    }
    for (const choice of ['roll_back', 'withdraw'] as const) {
      expect(reservedFor(choice, admin)).toBeUndefined();
      expect(reservedFor(choice, reviewer)).toBe('admins');
    }
  });

  it('becomes the call of its kind', () => {
    expect(prepare('stage', form('stage', { percent: '12.5' }))).toMatchObject({
      path: 'acts',
      body: { action: 'stage', percent: 12.5 },
    });
    expect(prepare('release', form('release'))).toMatchObject({ body: { action: 'release', forced: false } });
    expect(prepare('withdraw', form('withdraw', { reason: ' It leaks. ' }))).toMatchObject({
      body: { action: 'withdraw', reason: 'It leaks.' },
    });
    expect(prepare('roll_back', form('roll_back'))).toMatchObject({ body: { action: 'roll_back' } });
  });

  it('never offers a share below the one that users have', () => {
    expect(form('stage').querySelector('input')?.min).toBe('5');
  });

  it('shows the time that is set, so that a small change is one', () => {
    const at = new Date('2026-01-02T13:05').getTime() / 1000;
    const element = document.createElement('form');
    render(actForms.schedule({ ...release, scheduled_at: at }), element);
    expect(element.querySelector('input')?.getAttribute('value')).toBe('2026-01-02T13:05');
  });

  it('takes only a time that is still to come', () => {
    const now = new Date('2026-01-02T12:00').getTime();
    const later = prepare('schedule', form('schedule', { at: '2026-01-02T13:00' }), now);
    expect(later).toEqual({ method: 'PUT', path: 'schedule', body: { at: now / 1000 + 3600 } });
    expect(typeof prepare('schedule', form('schedule', { at: '2026-01-02T11:00' }), now)).toBe('string');
    expect(typeof prepare('schedule', form('schedule', { at: '2027-01-03T12:00' }), now)).toBe('string');
    expect(typeof prepare('schedule', form('schedule'), now)).toBe('string');
  });
});
