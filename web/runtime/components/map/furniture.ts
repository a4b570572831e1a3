/** What stands on the glass of a map: compass, scale bar, the app's controls, and the face of a map that failed. */
import type { MapEngine } from '../../map/engine';
import { distance } from '../../map/geo';
import type { ViewContext } from '../../view/context';
import { part } from '../component';
import { readControls } from './read';
import { mapTexts } from './texts';

export interface FurnitureActions {
  control(id: number): void;
  compass(): void;
}

/** The bar is at most so long, CSS pixels. */
const longestBar = 96;

export class MapFurniture {
  readonly #controls: HTMLElement;
  readonly #compass: HTMLButtonElement;
  readonly #bar: HTMLElement;
  readonly #texts;
  #shown = { compass: false, scale: false };

  constructor(
    private readonly host: HTMLElement,
    private readonly context: ViewContext,
    private readonly actions: FurnitureActions,
  ) {
    this.#texts = mapTexts(context);
    this.#controls = part('mz-map-controls', host);
    this.#bar = part('mz-map-scale', host);
    this.#compass = part('mz-map-compass', host, 'button') as HTMLButtonElement;
    this.#compass.type = 'button';
    this.#compass.hidden = true;
    this.#bar.hidden = true;
    this.#compass.setAttribute('aria-label', this.#texts.compass);
    part('mz-map-needle', this.#compass);
    this.#compass.addEventListener('click', () => actions.compass());
  }

  show(engine: MapEngine, shown: { compass: boolean; scale: boolean }): void {
    this.#shown = shown;
    this.#compass.hidden = !shown.compass;
    this.#bar.hidden = !shown.scale;
    this.follow(engine);
  }

  /** The camera moved. */
  follow(engine: MapEngine): void {
    const { rotate } = engine.camera();
    if (this.#shown.compass) (this.#compass.firstElementChild as HTMLElement).style.rotate = `${-rotate}deg`;
    if (this.#shown.scale) this.#measure(engine);
  }

  async setControls(value: unknown): Promise<void> {
    const controls = readControls(value);
    const elements = await Promise.all(
      controls.map(async (control) => {
        const url = await this.context.resources.resolve(control.iconPath, 'image').catch(() => '');
        const element = document.createElement(control.clickable ? 'button' : 'div');
        element.className = 'mz-map-control';
        element.style.left = `${control.left}px`;
        element.style.top = `${control.top}px`;
        const picture = document.createElement('img');
        picture.alt = '';
        picture.src = url;
        if (!Number.isNaN(control.width)) picture.width = control.width;
        if (!Number.isNaN(control.height)) picture.height = control.height;
        element.append(picture);
        if (control.clickable) {
          element.setAttribute('aria-label', String(control.id));
          element.addEventListener('click', () => this.actions.control(control.id));
        }
        return element;
      }),
    );
    this.#controls.replaceChildren(...elements);
  }

  fail(words: string): void {
    const face = part('mz-not-carried', this.host);
    part('mz-not-carried-text', face).textContent = words;
  }

  /** The longest round length that the bar has room for. */
  #measure(engine: MapEngine): void {
    const { clientHeight } = this.host;
    const metres = distance(
      engine.fromScreen({ x: 0, y: clientHeight / 2 }),
      engine.fromScreen({ x: longestBar, y: clientHeight / 2 }),
    );
    const power = 10 ** Math.floor(Math.log10(Math.max(1e-3, metres)));
    const round = ([5, 2, 1].find((factor) => factor * power <= metres) ?? 1) * power;
    this.#bar.style.width = `${(round / metres) * longestBar}px`;
    this.#bar.textContent =
      round >= 1000 ? `${round / 1000} ${this.#texts.kilometres}` : `${round} ${this.#texts.metres}`;
  }
}
