/** Clipboard, calls and vibration. */
import { text } from '../localization';
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';

type Args = Record<string, unknown>;

const toastTime = 1500;

export const deviceApis = {
  async setClipboardData({ app }: CallContext, args: Args): Promise<void> {
    try {
      await navigator.clipboard.writeText(String(args.data));
    } catch (failure) {
      fail(`the browser refused: ${String(failure)}`);
    }
    const title = text('clipboard.copied');
    app.interactions.showToast({ kind: 'toast', title, icon: 'success', image: undefined, mask: false }, toastTime);
  },
  async getClipboardData(): Promise<Args> {
    try {
      return { data: await navigator.clipboard.readText() };
    } catch (failure) {
      return fail(`the browser refused: ${String(failure)}`);
    }
  },
  async makePhoneCall({ app }: CallContext, args: Args): Promise<void> {
    const number = String(args.phoneNumber).replace(/[^\d+*#,;() -]/g, '');
    if (number === '') fail('parameter error: parameter.phoneNumber should not be empty;');
    const confirm = await app.ask({ title: text('call.title'), content: number, confirm: text('call.confirm') });
    if (!confirm) fail('cancel');
    window.location.href = `tel:${encodeURIComponent(number)}`;
  },
  vibrateShort: () => vibrate(15),
  vibrateLong: () => vibrate(400),
};

function vibrate(milliseconds: number): void {
  if (typeof navigator.vibrate !== 'function') fail('this device can not vibrate');
  navigator.vibrate(milliseconds);
}
