/**
 * The device's keyboard, as the shell tells of it: in a frame nothing shows that it is there. Where it covers the field
 * that has the focus, the shell moves the page up by as much as the field asks for.
 */
export class Keyboard {
  /** CSS pixels; 0 while there is none. */
  height = 0;
  /** How much of the frame's bottom it would cover if the page had not moved, CSS pixels. */
  #covered = 0;
  #lifted = 0;
  readonly #listeners = new Set<() => void>();

  /** What of the frame's bottom can't be seen as the page stands now, CSS pixels. */
  get covers(): number {
    return Math.max(0, this.#covered - this.#lifted);
  }

  moved(height: number, covered: number): void {
    this.height = Math.max(0, height);
    this.#covered = Math.max(0, covered);
    this.#tell();
  }

  /** How far up the page has to go for `bottom` (from the frame's top, CSS pixels) to be seen; `top` stays in sight. */
  distance(top: number, bottom: number): number {
    const hidden = bottom - (innerHeight - this.#covered);
    return Math.max(0, Math.min(this.#covered, hidden, Math.max(0, top)));
  }

  /** The page stands so far up from now on. Gives false where it did before. */
  lifted(distance: number): boolean {
    if (distance === this.#lifted) return false;
    this.#lifted = distance;
    this.#tell();
    return true;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
