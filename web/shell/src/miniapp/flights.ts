/**
 * Shared elements: what stands on two pages under one key flies from the one that is left to the one that comes. It is
 * the upper page's frame that shows the flight, above itself; the other only hides its element meanwhile. What flies is
 * a copy of the upper page's element or a picture of the lower page's, as the page that comes says.
 */
import { type Measured, measure, picture, sharedOf } from '../services/flights';
import type { Page } from './page';

export type Direction = 'push' | 'pop';

const mostFlights = 12;

interface Pair {
  from: { node: number; measured: Measured };
  to: { node: number; measured: Measured };
}

/**
 * Begins the flights of a transition. Gives how long they take, or undefined where nothing flies. `time` is that of the
 * app's own transition.
 */
export async function flyBetween(
  from: Page,
  to: Page,
  direction: Direction,
  time: number | undefined,
): Promise<number | undefined> {
  const shared = sharedOf(to).size > 0 && sharedOf(from).size > 0;
  if (!shared || matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined;
  const pairs = await pairsOf(from, to);
  const durations = await Promise.all(pairs.map((pair) => launch(from, to, direction, time, pair)));
  return durations.length === 0 ? undefined : Math.max(...durations);
}

async function pairsOf(from: Page, to: Page): Promise<Pair[]> {
  const [here, there] = [sharedOf(from), sharedOf(to)];
  const both = [...there].filter(([key]) => here.has(key)).slice(0, mostFlights);
  const pairs = await Promise.all(
    both.map(async ([key, node]) => {
      const left = here.get(key) ?? 0;
      const [begin, end] = await Promise.all([measure(from, left), measure(to, node)]);
      if (begin === undefined || end === undefined) return [];
      const seen = begin.width > 0 && begin.height > 0 && end.width > 0;
      return seen ? [{ from: { node: left, measured: begin }, to: { node, measured: end } }] : [];
    }),
  );
  return pairs.flat();
}

async function launch(
  from: Page,
  to: Page,
  direction: Direction,
  time: number | undefined,
  { from: left, to: come }: Pair,
): Promise<number> {
  const wish = direction === 'push' ? come.measured.shuttleOnPush : come.measured.shuttleOnPop;
  const [wished, other] = wish === 'to' ? [come, left] : [left, come];
  // An element whose pictures are still on their way gives way to the one that has them.
  const chosen = !wished.measured.ready && other.measured.ready ? other : wished;
  const upper = direction === 'push' ? to : from;
  const chosenPage = chosen === come ? to : from;
  const drawn = chosenPage === upper ? undefined : await picture(chosenPage, chosen.node);
  const duration = time ?? come.measured.duration;
  for (const [page, { node }] of [
    [from, left],
    [to, come],
  ] as const) {
    const shown = page === upper;
    const detail = {
      direction: direction === 'push' ? 0 : 1,
      begin: placed(left.measured, from, page),
      end: placed(come.measured, to, page),
      duration,
      tween: come.measured.tween,
      chosen: page === chosenPage,
      shown,
      ...(shown && drawn !== undefined ? { picture: drawn } : {}),
    };
    page.post({ k: 'host.event', node, name: 'flight.begin', detail }, shown && drawn !== undefined ? [drawn] : []);
  }
  return duration;
}

/** A box of one page's frame as another page's frame has it. */
function placed({ left, top, width, height }: Measured, page: Page, of: Page): Record<string, number> {
  return { left, top: top + page.view.frameTop() - of.view.frameTop(), width, height };
}
