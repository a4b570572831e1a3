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
  async sendSms({ app }: CallContext, args: Args): Promise<void> {
    const number = String(args.phoneNumber ?? '').replace(/[^\d+*#,;() -]/g, '');
    const body = typeof args.content === 'string' ? args.content : '';
    const content = [number, body].filter((part) => part !== '').join('\n');
    const agreed = await app.ask({ title: text('sms.title'), content, confirm: text('sms.confirm') });
    if (!agreed) fail('cancel');
    window.location.href = `sms:${encodeURIComponent(number)}?body=${encodeURIComponent(body)}`;
  },
  vibrateShort: (_context: CallContext, args: Args) => vibrate(strengths[String(args.type)] ?? 15),
  vibrateLong: () => vibrate(400),
};

/** Milliseconds: a browser has one strength, so a stronger one lasts longer. */
const strengths: Record<string, number> = { light: 10, medium: 15, heavy: 25 };

function vibrate(milliseconds: number): void {
  if (typeof navigator.vibrate !== 'function') fail('this device can not vibrate');
  navigator.vibrate(milliseconds);
}
