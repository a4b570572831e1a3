import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Interactions, type Toast } from './interactions';

const toast = (kind: Toast['kind'], title = ''): Toast => ({
  kind,
  title,
  icon: 'none',
  image: undefined,
  mask: false,
});
const question = (title: string) => ({
  title,
  content: '',
  showCancel: true,
  cancelText: '',
  cancelColour: undefined,
  confirmText: '',
  confirmColour: undefined,
  editable: false,
  placeholder: '',
});

describe('interactions', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('take a toast away after its time, not the one that replaced it', () => {
    const state = new Interactions();
    state.showToast(toast('toast', 'first'), 1000);
    vi.advanceTimersByTime(900);
    state.showToast(toast('loading', 'second'), undefined);
    vi.advanceTimersByTime(5000);
    expect(state.toast?.title).toBe('second');
    state.hideToast('toast');
    expect(state.toast?.title).toBe('second');
    state.hideToast(undefined);
    expect(state.toast).toBeUndefined();
  });

  it('ask one question after the other', async () => {
    const state = new Interactions();
    const first = state.askModal(question('one'));
    const second = state.askModal(question('two'));
    expect(state.modal?.title).toBe('one');
    state.modal?.answer({ confirm: true, content: 'x' });
    expect(await first).toEqual({ confirm: true, content: 'x' });
    expect(state.modal?.title).toBe('two');
    expect(state.dismissTopmost()).toBe(true);
    expect(await second).toMatchObject({ confirm: false });
    expect(state.dismissTopmost()).toBe(false);
  });
});
