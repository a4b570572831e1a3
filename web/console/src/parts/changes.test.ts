import { expect, it } from 'vitest';
import { changesBetween } from './changes';

it('names what differs, and leaves out what changes with every act', () => {
  const before = { state: 'approved', share: null, revision: 4, actions: ['stage'], notes: 'Soup' };
  const after = { state: 'staged', share: 5, revision: 5, actions: ['stage', 'release'], notes: 'Soup' };
  expect(changesBetween(before, after)).toEqual([
    { member: 'state', before: 'approved', after: 'staged' },
    { member: 'share', before: '–', after: '5' },
  ]);
});

it('takes nothing, null and an empty text for the same', () => {
  expect(changesBetween({ notes: null }, { notes: '', reason: undefined })).toEqual([]);
});
