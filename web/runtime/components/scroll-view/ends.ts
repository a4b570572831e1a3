/** When a scroll-view has come to one of its ends: told once, until it was left again. */
export interface Extent {
  /** Distance from the beginning, and from the end, CSS pixels. */
  before: number;
  after: number;
}

export class Ends {
  #atUpper = true;
  #atLower = false;

  /** `forward` and `backward` say which way the content went since the last look. */
  check(extent: Extent, upper: number, lower: number, forward: boolean, backward: boolean): 'upper' | 'lower' | null {
    const atUpper = extent.before <= upper;
    const atLower = extent.after <= lower;
    const reached =
      atLower && !this.#atLower && forward ? 'lower' : atUpper && !this.#atUpper && backward ? 'upper' : null;
    this.#atUpper = atUpper;
    // Content that grew below takes the end away; the next arrival is reported again.
    this.#atLower = atLower && (forward || this.#atLower);
    return reached;
  }
}
