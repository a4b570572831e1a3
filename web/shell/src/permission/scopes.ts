/**
 * The permissions there are, and the categories of personal data behind them. The same table stands in
 * `crates/mezze-host/src/permission/scopes.rs`; `tests/fixtures/permission/scopes.json` holds both to it.
 */

export interface ScopeFacts {
  /** The category of data that it opens; declaring the scope declares its use of that category. */
  readonly category: string;
  /**
   * `prompt`: asked for when it is first used. `picker`: the user picks each time, so nothing is asked before.
   * `settings`: never asked for, given on the app's settings page only. `withdrawn`: never given.
   */
  readonly asks: 'prompt' | 'picker' | 'settings' | 'withdrawn';
  /** Where the original host wants its use declared; decides the words of the failure. */
  readonly declaredIn: 'requiredPrivateInfos' | 'privacy';
}

export const scopes: Readonly<Record<string, ScopeFacts>> = {
  'scope.userLocation': { category: 'location', asks: 'prompt', declaredIn: 'requiredPrivateInfos' },
  'scope.userFuzzyLocation': { category: 'location', asks: 'prompt', declaredIn: 'requiredPrivateInfos' },
  'scope.userLocationBackground': { category: 'location', asks: 'settings', declaredIn: 'requiredPrivateInfos' },
  'scope.address': { category: 'address', asks: 'picker', declaredIn: 'requiredPrivateInfos' },
  'scope.invoiceTitle': { category: 'invoice', asks: 'picker', declaredIn: 'privacy' },
  'scope.invoice': { category: 'invoice', asks: 'picker', declaredIn: 'privacy' },
  'scope.werun': { category: 'health', asks: 'prompt', declaredIn: 'privacy' },
  'scope.record': { category: 'microphone', asks: 'prompt', declaredIn: 'privacy' },
  'scope.writePhotosAlbum': { category: 'album', asks: 'prompt', declaredIn: 'privacy' },
  'scope.camera': { category: 'camera', asks: 'prompt', declaredIn: 'privacy' },
  'scope.bluetooth': { category: 'bluetooth', asks: 'prompt', declaredIn: 'privacy' },
  'scope.bluetoothBackground': { category: 'bluetooth', asks: 'settings', declaredIn: 'privacy' },
  'scope.addPhoneContact': { category: 'contacts', asks: 'prompt', declaredIn: 'privacy' },
  'scope.addPhoneCalendar': { category: 'calendar', asks: 'prompt', declaredIn: 'privacy' },
  'scope.userInfo': { category: 'profile', asks: 'withdrawn', declaredIn: 'privacy' },
};

/** Categories that no consent stands before: without them an app could not even say hello to its own server. */
export const openCategories: ReadonlySet<string> = new Set(['identity', 'network', 'device', 'usage']);

export function scopeFacts(scope: string): ScopeFacts | undefined {
  return Object.hasOwn(scopes, scope) ? scopes[scope] : undefined;
}
