/**
 * Turns the device's screen as the page in front says. Browsers let an installed app do so, and full screen; elsewhere
 * the page is shown as the device is held.
 */
import type { WindowConfig } from '../../../runtime/protocol';

type Wanted = WindowConfig['pageOrientation'];

interface Turning {
  lock?(way: 'portrait' | 'landscape'): Promise<void>;
  unlock?(): void;
}

let asked: Wanted;

/** Undefined where no page says how: then the device decides, as it does for `auto`. */
export function turnScreen(wanted: Wanted): void {
  if (wanted === asked) return;
  asked = wanted;
  const turning = screen.orientation as (ScreenOrientation & Turning) | undefined;
  if (wanted === 'portrait' || wanted === 'landscape') void turning?.lock?.(wanted).catch(() => undefined);
  else turning?.unlock?.();
}
