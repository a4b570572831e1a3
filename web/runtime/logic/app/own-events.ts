/** Navigators and buttons with an `open-type`: what their use asks for, and the events that tell the outcome. */
import type { ViewEvent } from '../../protocol/page-port';
import { absentFailure } from '../api/absent-failures';
import type { ApiContext } from '../api/context';
import type { BackendElement } from '../backend/element';
import type { CallResult } from '../bridge/bridge';
import { pageUrl } from '../modules/plugins';
import { openFunctionalPage } from './functional-pages';
import type { OpenPage } from './page';
import { shareByButton } from './sharing';

/** Calls by the navigator's `open-type`. */
const navigations: Record<string, string> = {
  navigate: 'navigateTo',
  redirect: 'redirectTo',
  switchTab: 'switchTab',
  reLaunch: 'reLaunch',
  navigateBack: 'navigateBack',
  exit: 'exitMiniProgram',
};

/** Buttons' open-types: the call they stand for and the event that carries its result. */
const openTypes: Record<string, { api: string; event: string }> = {
  getUserInfo: { api: 'getUserInfo', event: 'getuserinfo' },
  getPhoneNumber: { api: 'getPhoneNumber', event: 'getphonenumber' },
  getRealtimePhoneNumber: { api: 'getRealtimePhoneNumber', event: 'getrealtimephonenumber' },
  openSetting: { api: 'openSetting', event: 'opensetting' },
  chooseAvatar: { api: 'chooseAvatar', event: 'chooseavatar' },
  contact: { api: 'openCustomerServiceChat', event: 'contact' },
  feedback: { api: 'openFeedback', event: 'feedback' },
  launchApp: { api: 'launchApplication', event: 'launchapp' },
};

/** Calls that only buttons make: no app can name them. */
const ofButtons: ReadonlySet<string> = new Set(['chooseAvatar']);

const agreement = 'agreePrivacyAuthorization';

export function handleNavigate(
  context: ApiContext,
  page: OpenPage,
  element: BackendElement | undefined,
  event: ViewEvent,
): void {
  if (event.detail.functional === true) {
    void openFunctionalPage(context, page, element, event);
    return;
  }
  const { url, openType, delta, target, appId, path, extraData, version, shortLink } = event.detail;
  const finish = (api: string) => (result: CallResult) => {
    const detail = result.ok ? { errMsg: `${api}:ok` } : result.failure;
    if (!result.ok) context.reporter.warn(result.failure.errMsg);
    tell(element, result.ok ? 'success' : 'fail', detail);
    tell(element, 'complete', detail);
  };
  if (target === 'miniProgram' && openType !== 'exit') {
    const api = 'navigateToMiniProgram';
    const args = { appId, path, extraData, envVersion: version, shortLink };
    context.bridge.call(api, args, page.id, finish(api), context.gestures.take());
    return;
  }
  const api = navigations[String(openType ?? 'navigate')] ?? 'navigateTo';
  const args =
    api === 'navigateBack'
      ? { delta: Number(delta ?? 1) }
      : { url: pageUrl(context.config, String(url ?? ''), page.open.path) };
  const gesture = api === 'exitMiniProgram' ? context.gestures.take() : undefined;
  context.bridge.call(api, args, page.id, finish(api), gesture);
}

export function handleOpenType(
  context: ApiContext,
  page: OpenPage,
  element: BackendElement | undefined,
  event: ViewEvent,
): void {
  const { openType: written, ...args } = event.detail;
  const gesture = context.gestures.take();
  // `getPhoneNumber|agreePrivacyAuthorization`: one tap agrees first and then asks.
  const [openType, ...others] = String(written)
    .split('|')
    .sort((a, b) => Number(b === agreement) - Number(a === agreement));
  if (openType === agreement) {
    agree(context, page, element, gesture);
    if (others.length === 0) return;
    openButton(context, page, element, others[0] ?? '', args, gesture);
    return;
  }
  openButton(context, page, element, openType ?? '', args, gesture);
}

function openButton(
  context: ApiContext,
  page: OpenPage,
  element: BackendElement | undefined,
  openType: string,
  args: Record<string, unknown>,
  gesture: string | undefined,
): void {
  if (openType === 'share') {
    void shareByButton(context, page, element, gesture);
    return;
  }
  const wanted = openTypes[String(openType)];
  if (wanted === undefined) {
    context.reporter.warn(`button open-type="${String(openType)}" is not known`);
    return;
  }
  const { api, event: name } = wanted;
  const finish = (result: CallResult) => {
    tell(element, name, result.ok ? { ...result.value, errMsg: `${api}:ok` } : result.failure);
    if (!result.ok) tell(element, 'error', result.failure);
  };
  if (!context.snapshot.carried.includes(api) && !ofButtons.has(api)) {
    context.reporter.warn(`button open-type="${String(openType)}" is not supported on this host`);
    finish(absentFailure(api));
    return;
  }
  context.bridge.call(api, args, page.id, finish, gesture);
}

/** The shell learns of the tap before the app does, whose answer then finds it. */
function agree(
  context: ApiContext,
  page: OpenPage,
  element: BackendElement | undefined,
  gesture: string | undefined,
): void {
  const buttonId = element?.__wxElement?.id ?? '';
  context.bridge.call(
    agreement,
    { buttonId },
    page.id,
    (result) => {
      if (!result.ok) context.reporter.warn(result.failure.errMsg);
      tell(element, 'agreeprivacyauthorization', result.ok ? { errMsg: `${agreement}:ok` } : result.failure);
    },
    gesture,
  );
}

function tell(element: BackendElement | undefined, type: string, detail: unknown): void {
  element?.__wxElement?.triggerEvent(type, detail, { bubbles: false, composed: false });
}
