/** How a page's bar goes from one colour to another. */

export interface BarMotion {
  /** Milliseconds. */
  duration: number;
  /** A name of CSS. */
  easing: string;
}

export const noBarMotion: BarMotion = { duration: 0, easing: 'linear' };

const easings = new Map([
  ['linear', 'linear'],
  ['easeIn', 'ease-in'],
  ['easeOut', 'ease-out'],
  ['easeInOut', 'ease-in-out'],
]);
const longest = 5000;

/** From what an app says: unknown ways are the straight one. */
export function barMotion(duration: unknown, timing: unknown): BarMotion {
  const time = Math.min(longest, Math.max(0, Number(duration) || 0));
  return { duration: time, easing: easings.get(String(timing)) ?? 'linear' };
}
