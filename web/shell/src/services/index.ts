/**
 * What components may ask the shell for (`host` in runtime/protocol/frame-port.ts), by name. A page frame runs no code
 * of the app, but what it asks for is the app's doing: arguments are checked here and permissions asked for as for APIs.
 */

import { ApiFailure } from '../miniapp/failure';
import type { MiniApp } from '../miniapp/mini-app';
import type { HostRequest, Page } from '../miniapp/page';
import { cameraServices } from './camera';
import { flightServices } from './flights';
import { fullScreenServices } from './full-screen';
import { imageServices } from './image';
import { locationServices } from './location';
import { nicknameServices } from './nickname';
import { openDataServices } from './open-data';
import { pageServices } from './page';
import { webViewServices } from './web-view';

export interface ServiceContext {
  app: MiniApp;
  page: Page;
  /** Number of the component's node in its page. */
  node: number;
  /** Tells the component something; bitmaps in it are handed over. */
  tell(name: string, detail: unknown, transfer?: Transferable[]): void;
}

/** Gives the answer; throws an `ApiFailure` where there is none. */
export type Service = (context: ServiceContext, args: Readonly<Record<string, unknown>>) => unknown;

const services: Readonly<Record<string, Service>> = {
  ...cameraServices,
  ...flightServices,
  ...fullScreenServices,
  ...imageServices,
  ...locationServices,
  ...nicknameServices,
  ...openDataServices,
  ...pageServices,
  ...webViewServices,
};

/** Carries out one request and answers it. */
export async function serve(app: MiniApp, page: Page, request: HostRequest): Promise<void> {
  const { id, node, op, args } = request;
  const context: ServiceContext = {
    app,
    page,
    node,
    tell: (name, detail, transfer = []) => page.post({ k: 'host.event', node, name, detail }, transfer),
  };
  try {
    const service = Object.hasOwn(services, op) ? services[op] : undefined;
    if (service === undefined) throw new ApiFailure(`the shell has no service "${op}"`);
    page.post({ k: 'hosted', id, value: await service(context, args) });
  } catch (failure) {
    const known = failure instanceof ApiFailure;
    const error = known ? failure.reason : `internal error: ${String(failure)}`;
    page.post({ k: 'hosted', id, error, ...(known && failure.errno !== undefined ? { code: failure.errno } : {}) });
  }
}
