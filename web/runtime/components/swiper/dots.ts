/** The dots of a carousel. Their classes are the original's, since apps style them. */
import { part } from '../component';
import type { SwiperValues } from './swiper';

export class Dots {
  readonly #host: HTMLElement;

  constructor(wrapper: HTMLElement) {
    this.#host = part('wx-swiper-dots wx-swiper-dots-horizontal', wrapper);
    this.#host.hidden = true;
    this.#host.setAttribute('aria-hidden', 'true');
  }

  count(count: number): void {
    while (this.#host.childElementCount > count) this.#host.lastElementChild?.remove();
    while (this.#host.childElementCount < count) part('wx-swiper-dot', this.#host);
  }

  show(values: SwiperValues, current: number): void {
    const { vertical, indicatorColor, indicatorActiveColor } = values;
    const shown = Math.max(1, values.displayMultipleItems);
    const host = this.#host;
    host.hidden = !values.indicatorDots;
    host.className = `wx-swiper-dots wx-swiper-dots-${vertical ? 'vertical' : 'horizontal'}`;
    this.#arrange(values);
    [...host.children].forEach((dot, index, dots) => {
      const active = (index >= current && index < current + shown) || index < current + shown - dots.length;
      dot.classList.toggle('wx-swiper-dot-active', active);
      if (dot instanceof HTMLElement) dot.style.backgroundColor = active ? indicatorActiveColor : indicatorColor;
    });
  }

  /** Sizes and place, where they are not the usual ones: a style sheet of the app decides otherwise. */
  #arrange(values: SwiperValues): void {
    const { indicatorMargin, indicatorSpacing, indicatorRadius, indicatorWidth, indicatorHeight } = values;
    const own = { margin: 10, spacing: 8, radius: 4, width: 8, height: 8 };
    const given = {
      margin: indicatorMargin,
      spacing: indicatorSpacing,
      radius: indicatorRadius,
      width: indicatorWidth,
      height: indicatorHeight,
    };
    const { style } = this.#host;
    for (const [name, pixels] of Object.entries(given)) {
      const usual = own[name as keyof typeof own];
      style.setProperty(`--mz-dot-${name}`, pixels === usual ? '' : `${pixels}px`);
    }
    const active = /worm|expand/i.test(values.indicatorType) ? Math.round(indicatorWidth * 2.25) : indicatorWidth;
    style.setProperty('--mz-dot-active-width', active === own.width ? '' : `${active}px`);
    const alignment: unknown = values.indicatorAlignment;
    const offset: unknown = values.indicatorOffset;
    const [x, y] = Array.isArray(alignment) ? alignment.map(Number) : [Number.NaN, Number.NaN];
    const aligned = Number.isFinite(x) && Number.isFinite(y);
    const [moveX, moveY] = Array.isArray(offset) ? offset.map((pixels) => Number(pixels) || 0) : [0, 0];
    // From -1 to 1, as the original has it.
    style.inset = aligned ? `${(((y ?? 0) + 1) / 2) * 100}% auto auto ${(((x ?? 0) + 1) / 2) * 100}%` : '';
    const usual = values.vertical ? 'translate(0,-50%)' : 'translate(-50%,0)';
    const corner = aligned ? `translate(${-(((x ?? 0) + 1) / 2) * 100}%,${-(((y ?? 0) + 1) / 2) * 100}%)` : usual;
    style.transform = aligned || moveX || moveY ? `${corner} translate(${moveX ?? 0}px,${moveY ?? 0}px)` : '';
  }
}
