/** APIs that the page frame carries out, started over the page port. */

import { selectOne } from '../components/select';
import { createAnimation } from './animation';
import type { ApiContext, CallImplementation, Implementations } from './context';
import type { Observers } from './observers';
import { type Arguments, fail, type Settle, succeed } from './outcome';
import { SelectorQuery, viewNode } from './selector-query';

export function viewApis(context: ApiContext, observers: Observers): Pick<Implementations, 'calls' | 'syncs'> {
  const invoking =
    (api: string, method: string): CallImplementation =>
    (args, settle) =>
      invoke(context, api, 0, method, [args], settle);
  return {
    calls: {
      pageScrollTo: (args, settle) => pageScrollTo(context, args, settle),
      startPullDownRefresh: invoking('startPullDownRefresh', 'startPullDownRefresh'),
      stopPullDownRefresh: invoking('stopPullDownRefresh', 'stopPullDownRefresh'),
      hideKeyboard: invoking('hideKeyboard', 'hideKeyboard'),
      loadFontFace: context.fonts.load,
      getSelectedTextRange: invoking('getSelectedTextRange', 'selectedTextRange'),
    },
    syncs: {
      createSelectorQuery: () => new SelectorQuery(undefined, context),
      createIntersectionObserver: (scope: unknown, options?: object) => observers.intersection(scope, options),
      createMediaQueryObserver: (scope: unknown) => observers.mediaQuery(scope),
      createAnimation: (options?: object) => createAnimation(options),
      nextTick: (callback: () => void) => {
        const page = context.pages.current;
        const run = () => context.reporter.guard('nextTick', callback);
        if (page === undefined) context.host.setTimer(run, 0);
        else page.backend.render(run);
      },
    },
  };
}

function invoke(context: ApiContext, api: string, node: number, method: string, args: unknown[], settle: Settle): void {
  const page = context.pages.current;
  if (page === undefined) {
    settle(fail(api, 'there is no page yet'));
    return;
  }
  page.backend.link.invoke(node, method, args).then(
    (value) => settle(succeed(typeof value === 'object' && value !== null ? { ...value } : {})),
    (reason: unknown) => settle(fail(api, reason instanceof Error ? reason.message : String(reason))),
  );
}

function pageScrollTo(context: ApiContext, args: Arguments, settle: Settle): void {
  const { selector, ...rest } = args;
  if (typeof selector !== 'string' || selector === '') {
    invoke(context, 'pageScrollTo', 0, 'pageScrollTo', [rest], settle);
    return;
  }
  const element = selectOne(context.pages.current?.component, selector);
  const node = element ? viewNode(element) : undefined;
  if (node === undefined) settle(fail('pageScrollTo', `selector "${selector}" matches nothing`));
  else invoke(context, 'pageScrollTo', node, 'pageScrollTo', [rest], settle);
}
