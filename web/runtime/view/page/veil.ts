/**
 * The page seen through and moved as a whole, while what flies above it is not: the shell moves the page's bar and
 * ground by the same numbers. Its own style stays what the app said.
 */
import type { VeilLook } from '../../protocol';

const veiled = 'mz-veiled';

export class Veil {
  #animation: Animation | undefined;

  constructor(private readonly root: HTMLElement) {}

  set(look: VeilLook | undefined): void {
    document.documentElement.classList.toggle(veiled, look !== undefined);
    const previous = this.#animation;
    this.#animation = look && this.#show(look);
    previous?.cancel();
  }

  /** An animation that stands still, above whatever style the app gives the page meanwhile. */
  #show({ opacity, matrix, x, y }: VeilLook): Animation {
    const frame: Keyframe = { opacity };
    // A transform, even one that moves nothing, would hold what is fixed to the window.
    if (matrix.some((value, index) => value !== unmoved[index])) {
      const { left, top } = this.#place();
      frame['transform'] = `matrix(${matrix.join(',')})`;
      frame['transformOrigin'] = `${x - left}px ${y - top}px`;
    }
    const animation = this.root.animate([frame, frame], { duration: 1, fill: 'forwards' });
    animation.finish();
    return animation;
  }

  /** Where the root is, untransformed. */
  #place(): { left: number; top: number } {
    return { left: this.root.offsetLeft - scrollX, top: this.root.offsetTop - scrollY };
  }
}

const unmoved = [1, 0, 0, 1, 0, 0];
