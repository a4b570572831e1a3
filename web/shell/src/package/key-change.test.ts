import { describe, expect, it } from 'vitest';
import { keyChangesLead } from './key-change';
import { keyChange, publicKey } from './key-change.fixture';

const make = async () => (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
const pairs = await Promise.all([make(), make(), make()]);
const [first, second, third] = pairs as [CryptoKeyPair, CryptoKeyPair, CryptoKeyPair];
const [one, two, three] = (await Promise.all(pairs.map(publicKey))) as [string, string, string];

describe('the words of keys', () => {
  it('are followed one after the other, in whatever order they come', async () => {
    const words = [await keyChange('log', second, third), await keyChange('log', first, second)];
    expect(await keyChangesLead('log', one, three, words)).toBe(true);
    expect(await keyChangesLead('log', two, three, words)).toBe(true);
    expect(await keyChangesLead('log', three, one, words)).toBe(false);
    expect(await keyChangesLead('log', one, one, [])).toBe(true);
  });

  it('end, where they lead in a circle', async () => {
    const words = [await keyChange('log', first, second), await keyChange('log', second, first)];
    expect(await keyChangesLead('log', one, three, words)).toBe(false);
  });

  it('count only as the older key signed them, for what it signed them for', async () => {
    const good = await keyChange('log', first, second);
    expect(await keyChangesLead('revocations', one, two, [good])).toBe(false);
    expect(await keyChangesLead('log', one, three, [{ ...good, newer: three }])).toBe(false);
    expect(await keyChangesLead('log', three, two, [{ ...good, older: three }])).toBe(false);
    expect(await keyChangesLead('log', one, two, [{ ...good, signature: 'no' }])).toBe(false);
    expect(await keyChangesLead('log', 'no key', two, [{ ...good, older: 'no key' }])).toBe(false);
  });
});
