import { expect, test } from 'vitest';
import { canIUse } from '../api/can-i-use';

const everything = () => true;
const nothing = () => false;

test.each([
  // The examples of WeChat's documentation that this host carries out.
  ['showToast', true],
  ['getSystemInfoSync.return.screenWidth', true],
  ['getSystemInfo.success.screenWidth', true],
  ['showToast.object.image', true],
  ['onNetworkStatusChange.callback.isConnected', true],
  ['request.object.method.GET', true],
  ['text.selectable', true],
  ['image.mode.aspectFill', true],
  // Members of members, and what every result has.
  ['getSystemInfoSync.return.safeArea.left', true],
  ['getSystemInfoSync.return.safeArea.middle', false],
  ['showModal.success.confirm', true],
  ['showModal.success.errMsg', true],
  ['showModal.object.success', true],
  ['showModal.object.success.confirm', false],
  // What is not there.
  ['', false],
  ['showToast.object.colour', false],
  ['showToast.object.icon.fire', false],
  ['request.object.method.PATCH', false],
  ['noSuchApi', false],
  ['noSuchApi.object.title', false],
  ['showToast.noSuchMethod', false],
  // Each kind has its own word for what comes back.
  ['getSystemInfoSync.success.screenWidth', false],
  ['getSystemInfo.return.screenWidth', false],
  ['onNetworkStatusChange.success.isConnected', false],
  // Tasks.
  ['request.abort', true],
  ['downloadFile.onProgressUpdate', true],
  ['request.fly', false],
  // Components.
  ['view', true],
  ['view.hover-class', true],
  ['view.flavour', false],
  ['image.mode.sideways', false],
  ['image.mode.top left', true],
  ['scroll-view.bindscroll', true],
  ['scroll-view.bindfly', false],
  ['block', true],
])('%s: %s', (schema, expected) => {
  expect(canIUse(schema, everything)).toBe(expected);
});

test('what the host does not carry out can not be used, however it is asked', () => {
  for (const schema of ['showToast', 'showToast.object.title', 'getSystemInfoSync.return.screenWidth']) {
    expect(canIUse(schema, nothing)).toBe(false);
  }
  expect(canIUse('view.hover-class', nothing)).toBe(true);
});

test('anything that is no text can not be used', () => {
  for (const schema of [undefined, null, 7, {}, []]) expect(canIUse(schema, everything)).toBe(false);
});
