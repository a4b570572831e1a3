/** Toast, loading mark, dialogue and action sheet. */
import { text } from '../localization';
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';
import type { Toast } from '../miniapp/interactions';
import { safeColour } from '../miniapp/theme';

type Args = Record<string, unknown>;

const longestToast = 7;
const longestButton = 4;
const mostChoices = 6;

export const interactionApis = {
  async showToast({ app }: CallContext, args: Args): Promise<void> {
    const image =
      typeof args.image === 'string' && args.image !== '' ? await app.resources.file(args.image) : undefined;
    const icon = String(args.icon) as Toast['icon'];
    const title = String(args.title);
    // Beside an icon there is room for seven Chinese characters; Latin ones take half of that.
    const shown = icon === 'none' && image === undefined ? title : cut(title, longestToast * 2);
    app.interactions.showToast(
      { kind: 'toast', title: shown, icon, image, mask: args.mask === true },
      Number(args.duration),
    );
  },
  hideToast({ app }: CallContext, args: Args): void {
    app.interactions.hideToast(args.noConflict === true ? 'toast' : undefined);
  },
  showLoading({ app }: CallContext, args: Args): void {
    const title = String(args.title);
    const toast = { kind: 'loading', title, icon: 'loading', image: undefined, mask: args.mask === true } as const;
    app.interactions.showToast(toast, undefined);
  },
  hideLoading({ app }: CallContext, args: Args): void {
    app.interactions.hideToast(args.noConflict === true ? 'loading' : undefined);
  },
  async showModal({ app }: CallContext, args: Args): Promise<Args> {
    const confirmText = args.confirmText === undefined ? text('modal.confirm') : String(args.confirmText);
    const cancelText = args.cancelText === undefined ? text('modal.cancel') : String(args.cancelText);
    for (const [name, label] of Object.entries({ confirmText, cancelText })) {
      if (args[name] !== undefined && widthOf(label) > longestButton * 2) {
        fail(`${name} length should not larger than ${longestButton} Chinese characters`);
      }
    }
    const editable = args.editable === true;
    const { confirm, content } = await app.interactions.askModal({
      title: String(args.title ?? ''),
      content: String(args.content ?? ''),
      showCancel: args.showCancel !== false,
      cancelText,
      cancelColour: safeColour(args.cancelColor),
      confirmText,
      confirmColour: safeColour(args.confirmColor),
      editable,
      placeholder: String(args.placeholderText ?? ''),
    });
    return { confirm, cancel: !confirm, ...(editable && confirm ? { content } : { content: null }) };
  },
  async showActionSheet({ app }: CallContext, args: Args): Promise<Args> {
    const items = Array.isArray(args.itemList) ? args.itemList.map(String) : [];
    if (items.length === 0) fail('parameter error: itemList should have at least 1 item');
    if (items.length > mostChoices) fail(`parameter error: itemList should not be larger than ${mostChoices}`);
    const colour = safeColour(args.itemColor);
    const index = await app.interactions.askSheet({ items, colour, alert: String(args.alertText ?? '') });
    return index === undefined ? fail('cancel') : { tapIndex: index };
  },
  enableAlertBeforeUnload({ page }: CallContext, args: Args): void {
    if (page !== undefined) page.alertBeforeLeaving = String(args.message);
  },
  disableAlertBeforeUnload({ page }: CallContext): void {
    if (page !== undefined) page.alertBeforeLeaving = undefined;
  },
};

/** Width in half-width characters. */
function widthOf(label: string): number {
  return Array.from(label).reduce((width, character) => width + ((character.codePointAt(0) ?? 0) > 0xff ? 2 : 1), 0);
}

function cut(label: string, width: number): string {
  let kept = '';
  let used = 0;
  for (const character of label) {
    used += widthOf(character);
    if (used > width) return kept;
    kept += character;
  }
  return kept;
}
