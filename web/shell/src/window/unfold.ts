/**
 * A page grows out of the open-container that was tapped, or returns into it: a surface takes the box's place and goes
 * to the size of the window; the box's picture fades away on it while the page, as wide as the surface, fades in.
 */
import type { Opening } from '../miniapp/opening';

interface Moment {
  surface: Keyframe;
  closed: Keyframe;
  page: Keyframe;
}

type Colour = readonly number[];

const steps = 24;
/** Parts of the way at which the old is gone and the new is there. */
const [gone, there] = [0.2, 0.5];

export async function unfold(view: HTMLElement, opening: Opening, reverse: boolean): Promise<void> {
  const surface = document.createElement('div');
  Object.assign(surface.style, { position: 'absolute', overflow: 'hidden', zIndex: view.style.zIndex });
  const closed = closedLook(opening);
  surface.append(closed);
  view.before(surface);
  const size = { width: view.offsetWidth, height: view.offsetHeight };
  const moments = Array.from({ length: steps + 1 }, (_, step) => momentOf(opening, size, step / steps));
  const options: KeyframeAnimationOptions = {
    duration: opening.duration,
    easing: 'cubic-bezier(0.4, 0, 0.2, 1)',
    direction: reverse ? 'reverse' : 'normal',
    // The page is taken away after its way out: it must not be seen once more before that.
    fill: reverse ? 'both' : 'backwards',
  };
  const parts = [
    [surface, 'surface'],
    [closed, 'closed'],
    [view, 'page'],
  ] as const;
  const animations = parts.map(([element, part]) =>
    element.animate(
      moments.map((moment) => moment[part]),
      options,
    ),
  );
  await Promise.all(animations.map(({ finished }) => finished)).catch(() => undefined);
  surface.remove();
}

/** How all three look at a part of the way, from 0 at the box to 1 at the window. */
export function momentOf(opening: Opening, size: { width: number; height: number }, at: number): Moment {
  const mix = (from: number, to: number) => from + (to - from) * at;
  const left = mix(opening.left, 0);
  const top = mix(opening.top, 0);
  const width = mix(opening.width, size.width);
  const height = mix(opening.height, size.height);
  const corner = mix(opening.closedCorner, opening.openCorner);
  const shadow = mix(opening.closedElevation, opening.openElevation);
  const scale = Math.max(0.001, width / size.width);
  const through = opening.type === 'fadeThrough';
  const rest = Math.max(0, size.height - height / scale);
  return {
    surface: {
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`,
      borderRadius: `${corner}px`,
      backgroundColor: colourAt(opening, at),
      boxShadow: shadow === 0 ? 'none' : `0 ${shadow / 2}px ${shadow * 2}px rgba(0,0,0,0.24)`,
    },
    closed: { opacity: through ? part(at, gone, 0) : part(at, there, gone) },
    page: {
      transformOrigin: '0 0',
      transform: `translate(${left}px, ${top}px) scale(${scale})`,
      clipPath: `inset(0 0 ${rest}px 0 round ${corner / scale}px)`,
      opacity: part(at, gone, there),
    },
  };
}

/** 0 at one moment, 1 at the other, and so on both sides. */
function part(at: number, none: number, full: number): number {
  return Math.min(1, Math.max(0, (at - none) / (full - none)));
}

function colourAt({ type, closedColour, middleColour, openColour }: Opening, at: number): string {
  if (type === 'fade') return mixed(closedColour, openColour, part(at, gone, there));
  return at < gone
    ? mixed(closedColour, middleColour, part(at, 0, gone))
    : mixed(middleColour, openColour, part(at, gone, there));
}

function mixed(from: Colour, to: Colour, at: number): string {
  const [red = 0, green = 0, blue = 0, opacity = 1] = from.map(
    (share, index) => share + ((to[index] ?? share) - share) * at,
  );
  return `rgb(${red} ${green} ${blue} / ${opacity})`;
}

/** The container as it looked, as wide as the surface; an empty one where its frame could not draw it. */
function closedLook({ picture }: Opening): HTMLElement {
  const canvas = document.createElement('canvas');
  canvas.style.width = '100%';
  canvas.width = picture?.width ?? 1;
  canvas.height = picture?.height ?? 1;
  if (picture !== undefined) canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(picture);
  return canvas;
}
