/** Sharing a page: the app says what, the user to whom. What is shared is a link to a page of the app. */
import type { ApiContext } from '../api/context';
import type { BackendElement } from '../backend/element';
import type { OpenPage } from './page';

interface Message {
  title: unknown;
  path: unknown;
  imageUrl: unknown;
}

/** How long an app may take to say what it shares, as in WeChat. */
const patience = 3000;

/** A button with `open-type="share"` was used. */
export async function shareByButton(
  context: ApiContext,
  page: OpenPage,
  element: BackendElement | undefined,
  gesture: string | undefined,
): Promise<void> {
  const target = element?.__wxElement;
  const described = { id: target?.id ?? '', dataset: { ...(target?.dataset ?? {}) } };
  const message = await messageOf(context, page, { from: 'button', target: described });
  context.bridge.call(
    'shareAppMessage',
    { ...message },
    page.id,
    (result) => {
      if (!result.ok) context.reporter.warn(result.failure.errMsg);
    },
    gesture,
  );
}

/** The menu of the shell asks what its entry shares, and tells when the app became a favourite. */
export function followMenu(context: ApiContext): void {
  const { bridge, pages } = context;
  const pageOf = (detail: unknown) => pages.find(Number((detail as { pageId?: unknown } | null)?.pageId));
  bridge.onEvent('menu.share', (detail) => {
    const page = pageOf(detail);
    if (page === undefined) return;
    void messageOf(context, page, { from: 'menu', target: undefined }).then((message) =>
      bridge.call('menuShare', { ...message }, page.id, () => {}),
    );
  });
  bridge.onEvent('menu.shareTimeline', (detail) => {
    const page = pageOf(detail);
    if (page !== undefined) bridge.call('menuShare', { ...timelineOf(context, page) }, page.id, () => {});
  });
  bridge.onEvent('menu.favourite', (detail) => void pageOf(detail)?.call('onAddToFavorites', {}));
}

/** What `onShareAppMessage` says; without it WeChat shares the page as it is. */
async function messageOf(context: ApiContext, page: OpenPage, detail: object): Promise<Message> {
  const asked = page.call('onShareAppMessage', detail);
  const said = membersOf(asked);
  const later = said.promise instanceof Promise ? await settled(context, said.promise) : {};
  const { title, path, imageUrl } = { ...said, ...later };
  const own = withQuery(page.open.path, queryOf(page));
  return {
    title: title ?? context.config.window.navigationBarTitleText ?? '',
    path: path ?? own,
    imageUrl: imageUrl ?? '',
  };
}

/** What `onShareTimeline` says: always its own page, with another query where it gives one. */
function timelineOf(context: ApiContext, page: OpenPage): Message {
  const { title, query, imageUrl } = membersOf(page.call('onShareTimeline'));
  const given = typeof query === 'string' ? query.replace(/^\?/, '') : queryOf(page);
  return {
    title: title ?? context.config.window.navigationBarTitleText ?? '',
    path: withQuery(page.open.path, given),
    imageUrl: imageUrl ?? '',
  };
}

function queryOf(page: OpenPage): string {
  return Object.entries(page.open.query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

function withQuery(path: string, query: string): string {
  return query === '' ? path : `${path}?${query}`;
}

/** What a promise gives in time; else what was said beside it counts. */
function settled(context: ApiContext, promise: Promise<unknown>): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    context.host.setTimer(() => resolve({}), patience);
    promise.then(
      (value) => resolve(membersOf(value)),
      (reason: unknown) => {
        context.reporter.rejection(reason);
        resolve({});
      },
    );
  });
}

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
