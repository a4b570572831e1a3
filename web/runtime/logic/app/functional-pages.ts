/**
 * `functional-page-navigator`: a plugin's link to a page of its host that does one thing and answers. Here the call
 * that stands behind each is made at once, with the host's own questions.
 */
import type { ViewEvent } from '../../protocol/page-port';
import type { ApiContext } from '../api/context';
import type { BackendElement } from '../backend/element';
import type { CallResult } from '../bridge/bridge';
import type { OpenPage } from './page';

/** Calls by the tag's `name`; one after the other where there are several. */
const calls: Record<string, readonly string[]> = {
  loginAndGetUserInfo: ['login', 'getUserInfo'],
  requestPayment: ['requestPayment'],
  chooseAddress: ['chooseAddress'],
  chooseInvoice: ['chooseInvoice'],
  chooseInvoiceTitle: ['chooseInvoiceTitle'],
};

/** After it, the plugin may ask for who the user is itself. */
const signIn = 'loginAndGetUserInfo';

/** Root of the plugin that the tag is in. */
function pluginOf(context: ApiContext, page: OpenPage, element: BackendElement | undefined): string {
  const owner = element?.__wxElement?.ownerShadowRoot?.getHostNode().is ?? page.open.path;
  return Object.values(context.config.plugins ?? {}).find(({ root }) => owner.startsWith(`${root}/`))?.root ?? '';
}

export async function openFunctionalPage(
  context: ApiContext,
  page: OpenPage,
  element: BackendElement | undefined,
  event: ViewEvent,
): Promise<void> {
  const name = String(event.detail.name ?? '');
  const wanted = Object.hasOwn(calls, name) ? (calls[name] ?? []) : [];
  const gesture = context.gestures.take();
  const tell = (type: string, detail: unknown) =>
    element?.__wxElement?.triggerEvent(type, detail, { bubbles: false, composed: false });
  const missing = wanted.find((api) => !context.snapshot.carried.includes(api));
  if (wanted.length === 0 || missing !== undefined) {
    const reason = wanted.length === 0 ? `there is no functional page "${name}"` : 'not supported on this host';
    context.reporter.warn(`functional-page-navigator: ${reason}`);
    tell('fail', { errMsg: `${name}:fail ${reason}` });
    return;
  }
  const given = event.detail.args;
  const args = typeof given === 'object' && given !== null ? { ...given } : {};
  let detail: Record<string, unknown> = {};
  for (const api of wanted) {
    const result = await new Promise<CallResult>((settle) => context.bridge.call(api, args, page.id, settle, gesture));
    if (!result.ok) {
      tell(/:fail cancel/.test(result.failure.errMsg) ? 'cancel' : 'fail', result.failure);
      return;
    }
    detail = { ...detail, ...result.value };
  }
  if (name === signIn) context.pluginsSignedIn.add(pluginOf(context, page, element));
  tell('success', { ...detail, errMsg: `${name}:ok` });
}
