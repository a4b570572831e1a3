/**
 * What goes from page to page: shared elements and open-containers. Their frames can't see each other, so each tells
 * the shell where its elements are. What a frame says is the app's doing: only numbers, names from lists and pictures
 * of a bounded size are taken.
 */
import {
  boolean,
  custom,
  type GenericSchema,
  type InferOutput,
  maxValue,
  minValue,
  number,
  object,
  optional,
  picklist,
  pipe,
  regex,
  safeParse,
  strictTuple,
  string,
} from 'valibot';
import { ApiFailure } from '../miniapp/failure';
import type { Page } from '../miniapp/page';
import type { Service, ServiceContext } from './index';

const mostShared = 500;
const longestKey = 256;
/** How long a frame may take to answer; a transition waits no longer. */
const patience = { measure: 150, picture: 300 };
/** How long after the tap the page that it leads to still comes out of the container. */
const tapHolds = 2000;

const place = pipe(number(), minValue(-100_000), maxValue(100_000));
const extent = pipe(number(), minValue(0), maxValue(100_000));
const box = { left: place, top: place, width: extent, height: extent };
const time = pipe(number(), minValue(0), maxValue(5000));
const share = pipe(number(), minValue(0), maxValue(255));
const colour = strictTuple([share, share, share, share]);
const side = picklist(['from', 'to']);

const measuredSchema = object({
  ...box,
  ready: boolean(),
  shuttleOnPush: side,
  shuttleOnPop: side,
  tween: pipe(string(), regex(/^[\w\s(),.-]{0,80}$/)),
  duration: time,
});
export type Measured = InferOutput<typeof measuredSchema>;

const containerSchema = object({
  ...box,
  type: picklist(['fade', 'fadeThrough']),
  duration: time,
  closedColour: colour,
  middleColour: colour,
  openColour: colour,
  closedElevation: extent,
  openElevation: extent,
  closedCorner: extent,
  openCorner: extent,
});
export type MeasuredContainer = InferOutput<typeof containerSchema>;

const mostPixels = 4096 * 4096;
const picturedSchema = object({
  picture: optional(
    custom<ImageBitmap>((given) => given instanceof ImageBitmap && given.width * given.height <= mostPixels),
  ),
});

type Arguments = Readonly<Record<string, unknown>>;

interface Question {
  node: number;
  answer(args: Arguments | undefined): void;
}

const keys = new WeakMap<Page, Map<number, string>>();
const taps = new WeakMap<Page, { node: number; at: number }>();
const questions = new WeakMap<Page, Map<number, Question>>();
let lastRequest = 0;

export const flightServices: Record<string, Service> = {
  'flight.key': ({ page, node }, { key }) => {
    const shared = keys.get(page) ?? new Map<number, string>();
    keys.set(page, shared);
    const name = String(key);
    if (name === '') shared.delete(node);
    else if (name.length > longestKey) throw new ApiFailure(`a key has at most ${longestKey} characters`);
    else if (shared.size >= mostShared && !shared.has(node)) throw new ApiFailure('too many shared elements');
    else shared.set(node, name);
  },
  'flight.measured': answered,
  'flight.pictured': answered,
  'container.tapped': ({ page, node }) => {
    taps.set(page, { node, at: performance.now() });
  },
  'container.measured': answered,
};

/** Nodes of a page's shared elements by key; of two with the same key the later one. */
export function sharedOf(page: Page): ReadonlyMap<string, number> {
  return new Map([...(keys.get(page) ?? [])].map(([node, key]) => [key, node]));
}

/** The open-container that was tapped just now, once. */
export function takeTapped(page: Page): number | undefined {
  const tap = taps.get(page);
  taps.delete(page);
  return tap !== undefined && performance.now() - tap.at < tapHolds ? tap.node : undefined;
}

export function measure(page: Page, node: number): Promise<Measured | undefined> {
  return ask(page, node, 'flight.measure', patience.measure, measuredSchema);
}

export function measureContainer(page: Page, node: number): Promise<MeasuredContainer | undefined> {
  return ask(page, node, 'container.measure', patience.measure, containerSchema);
}

/** What the element looks like; undefined where its frame can't draw it. */
export async function picture(page: Page, node: number): Promise<ImageBitmap | undefined> {
  return (await ask(page, node, 'flight.picture', patience.picture, picturedSchema))?.picture;
}

function answered({ page, node }: ServiceContext, args: Arguments): void {
  const question = questions.get(page)?.get(Number(args['request']));
  if (question?.node !== node) throw new ApiFailure('nothing was asked');
  question.answer(args);
}

async function ask<Schema extends GenericSchema>(
  page: Page,
  node: number,
  name: string,
  milliseconds: number,
  schema: Schema,
): Promise<InferOutput<Schema> | undefined> {
  lastRequest += 1;
  const request = lastRequest;
  const open = questions.get(page) ?? new Map<number, Question>();
  questions.set(page, open);
  const args = await new Promise<Arguments | undefined>((resolve) => {
    open.set(request, { node, answer: resolve });
    setTimeout(resolve, milliseconds, undefined);
    page.post({ k: 'host.event', node, name, detail: { request } });
  });
  open.delete(request);
  const parsed = safeParse(schema, args);
  return parsed.success ? parsed.output : undefined;
}
