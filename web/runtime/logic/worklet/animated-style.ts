/**
 * `applyAnimatedStyle`: a function gives the style of the elements that a selector finds, again whenever a value that
 * it read has changed. What it gives stands beside the template's own style, behind it, so that it wins.
 */
import type { Element } from 'glass-easel';
import { type Computation, forget, track } from './values';

export interface StyleParts {
  guard: (what: string, run: () => void) => void;
  later: (callback: () => void) => void;
}

export type StyleMaker = () => unknown;

/** The part of an element's style that glass-easel keeps for animations, behind the template's own. */
const animationSegment = 2;

/** Properties whose numbers are no lengths. */
const unitless = new Set([
  'opacity', 'zIndex', 'flex', 'flexGrow', 'flexShrink', 'fontWeight', 'lineHeight', 'order', 'scale', 'zoom',
  'aspectRatio', 'columnCount', 'animationIterationCount',
]); // biome-ignore format: one list

export function styleText(style: unknown): string {
  if (typeof style !== 'object' || style === null) return '';
  return Object.entries(style)
    .filter(([, value]) => typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)))
    .map(([name, value]) => {
      const property = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      return `${property}:${typeof value === 'number' && !unitless.has(name) ? `${value}px` : String(value)}`;
    })
    .join(';');
}

/** One running function and the elements it styles. Each element may have several; they are joined in order. */
export class AnimatedStyle implements Computation {
  readonly sources: Computation['sources'] = new Set();
  private waiting = false;
  private ended = false;
  text = '';

  constructor(
    private readonly elements: readonly Element[],
    private readonly make: StyleMaker,
    private readonly parts: StyleParts,
  ) {
    for (const element of elements) stylesOf(element).add(this);
  }

  changed(): void {
    if (this.waiting || this.ended) return;
    this.waiting = true;
    this.parts.later(() => {
      this.waiting = false;
      if (!this.ended) this.run(true);
    });
  }

  /** Runs the function; without `apply` only what it reads is noted. */
  run(apply: boolean): void {
    let style: unknown;
    this.parts.guard('applyAnimatedStyle', () => {
      style = track(this, this.make);
    });
    if (!apply) return;
    const text = styleText(style);
    if (text === this.text) return;
    this.text = text;
    for (const element of this.elements) write(element);
  }

  end(): void {
    this.ended = true;
    forget(this);
    for (const element of this.elements) {
      stylesOf(element).delete(this);
      write(element);
    }
  }
}

const styles = new WeakMap<Element, Set<AnimatedStyle>>();

function stylesOf(element: Element): Set<AnimatedStyle> {
  const known = styles.get(element) ?? new Set<AnimatedStyle>();
  styles.set(element, known);
  return known;
}

function write(element: Element): void {
  const texts = [...stylesOf(element)].map(({ text }) => text).filter((text) => text !== '');
  element.setNodeStyle(texts.join(';'), animationSegment);
}
