import { describe, expect, it } from 'vitest';
import { ApiFailure } from '../miniapp/failure';
import { checkArguments, specificationOf } from './arguments';

const check = (api: string, args: Record<string, unknown>) => checkArguments(specificationOf(api), args);
const refusal = (api: string, args: Record<string, unknown>) => {
  try {
    check(api, args);
  } catch (failure) {
    if (failure instanceof ApiFailure) return failure.reason;
    throw failure;
  }
  return undefined;
};

describe('arguments of a call', () => {
  it('get the defaults of the catalog', () => {
    expect(check('showToast', { title: 'Done' })).toEqual({
      title: 'Done',
      icon: 'success',
      duration: 1500,
      mask: false,
    });
  });

  it('are refused in the words of the original host', () => {
    expect(refusal('showToast', {})).toBe('parameter error: parameter.title should be String instead of Undefined;');
    expect(refusal('setNavigationBarTitle', { title: 3 })).toBe(
      'parameter error: parameter.title should be String instead of Number;',
    );
    expect(refusal('showActionSheet', { itemList: 'a' })).toContain('should be Array instead of String');
  });

  it('fall back to the default for a value that no version knew', () => {
    expect(check('showToast', { title: 'x', icon: 'rainbow' })).toMatchObject({ icon: 'success' });
  });

  it('lose what the catalog does not know, the prototype first', () => {
    const args = JSON.parse('{"title":"x","extra":1,"__proto__":{"polluted":true}}') as Record<string, unknown>;
    const checked = check('setNavigationBarTitle', args);
    expect(Object.keys(checked)).toEqual(['title']);
    expect('polluted' in checked).toBe(false);
  });
});
