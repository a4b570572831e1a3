/** The dots of a carousel. Their classes are the original's, since apps style them. */
import { part } from '../component';

export class Dots {
  readonly #host: HTMLElement;

  constructor(wrapper: HTMLElement) {
    this.#host = part('wx-swiper-dots wx-swiper-dots-horizontal', wrapper);
    this.#host.hidden = true;
  }

  count(count: number): void {
    while (this.#host.childElementCount > count) this.#host.lastElementChild?.remove();
    while (this.#host.childElementCount < count) part('wx-swiper-dot', this.#host);
  }

  show(visible: boolean, vertical: boolean, current: number, shown: number, color: string, activeColor: string): void {
    this.#host.hidden = !visible;
    this.#host.className = `wx-swiper-dots wx-swiper-dots-${vertical ? 'vertical' : 'horizontal'}`;
    [...this.#host.children].forEach((dot, index, dots) => {
      const active = (index >= current && index < current + shown) || index < current + shown - dots.length;
      dot.classList.toggle('wx-swiper-dot-active', active);
      if (dot instanceof HTMLElement) dot.style.backgroundColor = active ? activeColor : color;
    });
  }
}
