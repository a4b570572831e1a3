/** The camera component's requests: the permission is asked for here, the pictures come from `camera/session.ts`. */
import {
  boolean,
  type GenericSchema,
  type InferOutput,
  number,
  object,
  optional,
  parse,
  picklist,
  string,
} from 'valibot';
import { fail } from '../miniapp/failure';
import type { MiniApp } from '../miniapp/mini-app';
import { CameraSession } from './camera/session';
import type { Service, ServiceContext } from './index';

const opening = object({
  facing: picklist(['front', 'back']),
  resolution: optional(string(), 'medium'),
  frameSize: optional(string(), 'medium'),
  flash: optional(string(), 'auto'),
  scan: optional(boolean(), false),
});
const change = object({
  flash: optional(string()),
  zoom: optional(number()),
  frames: optional(boolean()),
  scan: optional(boolean()),
});
const photo = object({ quality: optional(string(), 'normal'), mirror: optional(boolean(), false) });
const recording = object({ timeout: optional(number(), 30) });

/** The one camera that an app has open. */
const sessions = new WeakMap<MiniApp, { session: CameraSession; pageId: number; node: number }>();

function checked<T extends GenericSchema>(schema: T, args: unknown): InferOutput<T> {
  try {
    return parse(schema, args);
  } catch (problem) {
    return fail(`parameter error: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
}

function close(app: MiniApp): void {
  sessions.get(app)?.session.close();
  sessions.delete(app);
}

function current({ app, page, node }: ServiceContext): CameraSession {
  const known = sessions.get(app);
  if (known === undefined || known.pageId !== page.id || known.node !== node) return fail('camera is not open');
  return known.session;
}

async function open(context: ServiceContext, args: unknown): Promise<Record<string, unknown>> {
  const { app, page, node } = context;
  const wanted = checked(opening, args);
  await app.permission.require({ api: 'camera', scope: 'scope.camera', category: 'camera' });
  close(app);
  const session = await CameraSession.open(wanted, (name, detail, transfer) => context.tell(name, detail, transfer));
  // The page may have gone while the user was asked.
  if (app.phase !== 'running' || app.stack.find(page.id) === undefined) {
    session.close();
    fail('the page is closed');
  }
  sessions.set(app, { session, pageId: page.id, node });
  const stop = app.stack.subscribe(() => {
    if (app.stack.find(page.id) === undefined && sessions.get(app)?.session === session) close(app);
  });
  session.whenClosed(stop);
  app.whenEnds(() => close(app));
  return { maxZoom: session.maxZoom, facing: session.facing };
}

export const cameraServices: Record<string, Service> = {
  'camera.open': open,
  'camera.close': ({ app, page, node }) => {
    const known = sessions.get(app);
    if (known?.pageId === page.id && known.node === node) close(app);
  },
  'camera.drawn': (context) => current(context).drawn(),
  'camera.change': (context, args) => current(context).change(checked(change, args)),
  'camera.photo': async (context, args) => {
    const { blob, width, height } = await current(context).photo(checked(photo, args));
    return { tempImagePath: context.app.resources.addTemporary(blob, 'jpg'), width, height };
  },
  'camera.record': async (context, args) => {
    const { timeout } = checked(recording, args);
    const session = current(context);
    session.record(timeout, await microphone(context.app));
  },
  'camera.stop': async (context) => {
    const { video, extension, thumbnail } = await current(context).stopRecording();
    const { resources } = context.app;
    return {
      tempThumbPath: resources.addTemporary(thumbnail, 'jpg'),
      tempVideoPath: resources.addTemporary(video, extension),
    };
  },
};

/** Sound for a recording; where the user or the device gives none, the film is silent. */
async function microphone(app: MiniApp): Promise<MediaStreamTrack | undefined> {
  try {
    await app.permission.require({ api: 'startRecord', scope: 'scope.record', category: 'microphone' });
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    return stream.getAudioTracks()[0];
  } catch (reason) {
    app.consoleLine(
      'view',
      'warn',
      `camera.startRecord: the film is silent: ${String((reason as Error).message ?? reason)}`,
    );
    return undefined;
  }
}
