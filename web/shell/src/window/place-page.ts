/**
 * The shell's map pages, over the whole app: a place that an app shows (`openLocation`), or one that the user chooses
 * (`chooseLocation`). The app draws nothing here and learns nothing but the place that was chosen.
 */
import mapUrl from 'mezze:runtime/map';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { MapEngine } from '../../../runtime/map/engine';
import { fromGcj02, type Place, placeOf, toGcj02 } from '../../../runtime/map/geo';
import type * as MapScript from '../../../runtime/map/main';
import { text } from '../localization';
import type { NamedPlace, Places, PlaceTask } from '../miniapp/places';
import { mapFacts } from '../platform/map-tiles';
import { controls, MezzeElement } from '../screens/base';
import { icon } from '../screens/icon';

/** Where a map starts that knows nothing: the whole of it is seen from there. */
const nowhere: Place = { longitude: 110, latitude: 25 };
const worldScale = 3;

@customElement('mezze-place-page')
export class PlacePage extends MezzeElement {
  static override styles = [
    controls,
    css`
      .page {
        position: absolute;
        inset: 0;
        z-index: 43;
        display: flex;
        flex-direction: column;
        background: var(--paper);
        animation: place-in var(--slow) var(--ease-in);
      }
      @keyframes place-in {
        from {
          transform: translateY(24px);
          opacity: 0;
        }
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: calc(44px + var(--inset-top));
        padding: var(--inset-top) 112px 0 4px;
      }
      header button {
        display: flex;
        align-items: center;
        justify-content: center;
        width: var(--touch);
        height: var(--touch);
      }
      header h2 {
        overflow: hidden;
        font-size: var(--text-17);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .ground {
        position: relative;
        flex: 1;
        min-height: 0;
        overflow: hidden;
      }
      .map {
        position: absolute;
        inset: 0;
      }
      .pin {
        position: absolute;
        left: 50%;
        top: 50%;
        width: 32px;
        height: 40px;
        margin: -40px 0 0 -16px;
        pointer-events: none;
        color: var(--sumac);
        filter: drop-shadow(0 3px 4px rgb(29 27 24 / 0.3));
      }
      .here {
        position: absolute;
        right: 16px;
        bottom: 16px;
        display: flex;
        align-items: center;
        justify-content: center;
        width: var(--touch);
        height: var(--touch);
        border-radius: 50%;
        background: var(--card);
        box-shadow: var(--shadow);
      }
      .card {
        display: flex;
        flex-direction: column;
        gap: 12px;
        padding: 16px 16px calc(16px + var(--inset-bottom));
        background: var(--card);
        box-shadow: var(--shadow);
      }
      .card p {
        color: var(--muted);
        font-size: var(--text-13);
        overflow-wrap: anywhere;
      }
      .card h3 {
        font-size: var(--text-17);
        overflow-wrap: anywhere;
      }
      input {
        min-height: var(--touch);
        padding: 0 12px;
        border: 1px solid var(--line);
        border-radius: var(--corner-control);
        background: var(--paper);
        font: inherit;
        font-size: var(--text-15);
        color: var(--ink);
      }
      .pair {
        display: flex;
        gap: 12px;
      }
      .pair > * {
        flex: 1;
        padding: 0 12px;
        font-size: var(--text-13);
        text-align: center;
        text-decoration: none;
        color: inherit;
      }
      .failed {
        position: absolute;
        inset: 0;
        display: grid;
        place-items: center;
        padding: 32px;
        color: var(--muted);
        text-align: center;
      }
    `,
  ];

  @property({ attribute: false }) places!: Places;
  @state() private center: Place | undefined;
  @state() private note = '';
  @state() private failed = false;
  #task: PlaceTask | undefined;
  #engine: MapEngine | undefined;
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme.addEventListener('change', this.#retheme);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scheme.removeEventListener('change', this.#retheme);
    this.#forget();
  }

  protected override willUpdate(): void {
    this.observe(this.places);
    if (this.places.task === this.#task) return;
    this.#forget();
    this.#task = this.places.task;
    this.note = '';
    this.failed = false;
    this.center = undefined;
  }

  protected override updated(_changes: PropertyValues): void {
    const holder = this.renderRoot.querySelector<HTMLElement>('.map');
    if (holder === null || holder.childElementCount > 0 || this.#task === undefined || this.failed) return;
    const marker = document.createElement('span');
    marker.hidden = true;
    holder.append(marker);
    this.renderRoot.querySelector<HTMLElement>('header button')?.focus({ preventScroll: true });
    void this.#draw(holder, this.#task).catch(() => {
      this.failed = true;
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { task } = this.places;
    if (task === undefined) return nothing;
    const choosing = task.kind === 'choose';
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') this.places.close();
    };
    return html`<div
      class="page"
      role="dialog"
      aria-modal="true"
      aria-label=${text(choosing ? 'place.choose' : 'place.show')}
      @keydown=${onKey}
    >
      <header>
        <button aria-label=${text('place.cancel')} @click=${() => this.places.close()}>
          ${icon(choosing ? 'cross' : 'chevronLeft')}
        </button>
        <h2>${text(choosing ? 'place.choose' : 'place.show')}</h2>
      </header>
      <div class="ground">
        <div class="map" role="application" aria-label=${text('place.map')}></div>
        ${this.failed ? html`<p class="failed" role="alert">${text('place.failed')}</p>` : nothing}
        ${choosing && !this.failed ? pin() : nothing}
        <button class="here" aria-label=${text('place.here')} @click=${() => void this.#goHere()}>${cross()}</button>
      </div>
      ${task.kind === 'choose' ? this.#choosing(task) : this.#showing(task.place)}
    </div>`;
  }

  #choosing(task: Extract<PlaceTask, { kind: 'choose' }>): TemplateResult {
    const done = () => {
      if (this.center === undefined) return;
      const name = this.renderRoot.querySelector('input')?.value.trim() || text('place.unnamed');
      task.answer({ ...rounded(this.center), name, address: coordinates(this.center) });
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Enter') done();
    };
    return html`<div class="card">
      <p role="status">${this.note || text('place.move')}</p>
      <input
        aria-label=${text('place.name')}
        placeholder=${text('place.name')}
        maxlength="80"
        autocomplete="off"
        @keydown=${onKey}
      />
      <p>${this.center === undefined ? '' : coordinates(this.center)}</p>
      <button class="primary" ?disabled=${this.center === undefined} @click=${done}>${text('place.done')}</button>
    </div>`;
  }

  #showing(place: NamedPlace): TemplateResult {
    const { latitude, longitude } = fromGcj02(place);
    const words = encodeURIComponent(place.name || coordinates(place));
    const copy = () =>
      navigator.clipboard?.writeText(coordinates(place)).then(
        () => {
          this.note = text('place.copied');
        },
        () => undefined,
      );
    return html`<div class="card">
      <h3>${place.name || text('place.unnamed')}</h3>
      <p>${place.address || coordinates(place)}</p>
      <div class="pair">
        <a class="secondary" href=${`geo:${latitude},${longitude}?q=${latitude},${longitude}(${words})`}>
          ${text('place.outside')}
        </a>
        <button class="secondary" @click=${copy}>${this.note || text('place.copy')}</button>
      </div>
    </div>`;
  }

  async #draw(holder: HTMLElement, task: PlaceTask): Promise<void> {
    const [{ MapEngine: Engine }, facts] = await Promise.all([mapScript(), mapFacts()]);
    if (this.#task !== task) return;
    const known = task.kind === 'show' ? task.place : task.near;
    const camera = { center: known ?? nowhere, scale: known === undefined ? worldScale : 16, rotate: 0, skew: 0 };
    if (task.kind === 'show') camera.scale = task.scale;
    const tiles = facts.tiles ? { ...facts, read: readTile } : undefined;
    const engine = new Engine(
      holder,
      { camera, dark: this.#scheme.matches, tiles },
      {
        region: () => this.#follow(),
        tap: (place) => {
          if (task.kind === 'choose') engine.setCamera({ center: place }, 240);
        },
        marker: () => undefined,
        clustersMade: () => undefined,
        clusterTapped: () => undefined,
        updated: () => undefined,
        locationTapped: () => undefined,
      },
    );
    this.#engine = engine;
    engine.setDark(this.#scheme.matches);
    engine.setLimits({ minimum: 3, maximum: 20, boundary: undefined });
    engine.setGestures({ scroll: true, zoom: true, rotate: false, skew: false });
    if (task.kind === 'show') engine.setPins([markOf(task.place)]);
    else {
      this.center = engine.camera().center;
      if (known === undefined) await this.#goHere();
    }
  }

  #follow(): void {
    if (this.#task?.kind === 'choose') this.center = this.#engine?.camera().center;
  }

  /** The shell looks for the user; the app learns nothing of it. */
  async #goHere(): Promise<void> {
    const task = this.#task;
    const position = await new Promise<GeolocationPosition | undefined>((resolve) => {
      if (!('geolocation' in navigator)) resolve(undefined);
      else navigator.geolocation.getCurrentPosition(resolve, () => resolve(undefined), { timeout: 10_000 });
    });
    if (this.#task !== task || this.#engine === undefined) return;
    const found = position && placeOf(position.coords);
    if (found === undefined) {
      this.note = text('place.not-found');
      return;
    }
    const place = toGcj02(found);
    this.#engine.setShapes({ location: { place, accuracy: position?.coords.accuracy ?? 30 } });
    this.#engine.setCamera({ center: place, scale: Math.max(15, this.#engine.camera().scale) }, 300);
  }

  readonly #retheme = () => this.#engine?.setDark(this.#scheme.matches);

  #forget(): void {
    this.#engine?.remove();
    this.#engine = undefined;
  }
}

let script: Promise<typeof MapScript> | undefined;

/** The same script as in page frames, kept once. */
function mapScript(): Promise<typeof MapScript> {
  script ??= new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = mapUrl;
    element.onload = () => resolve((globalThis as unknown as { mezze_map: typeof MapScript }).mezze_map);
    element.onerror = () => {
      script = undefined;
      element.remove();
      reject(new Error('the map script is missing'));
    };
    document.head.append(element);
  });
  return script;
}

async function readTile(z: number, x: number, y: number): Promise<ImageBitmap> {
  const response = await fetch(`/gate/tiles/${z}/${x}/${y}`);
  if (!response.ok) throw new Error(`the tile ${z}/${x}/${y} is missing`);
  return createImageBitmap(await response.blob());
}

function rounded({ longitude, latitude }: Place): Place {
  const round = (value: number) => Math.round(value * 1e6) / 1e6;
  return { longitude: round(longitude), latitude: round(latitude) };
}

function coordinates(place: Place): string {
  const { latitude, longitude } = rounded(place);
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}

function markOf(place: NamedPlace) {
  return {
    id: 1,
    place,
    title: place.name,
    zIndex: 0,
    icon: undefined,
    width: 32,
    height: 40,
    rotate: 0,
    alpha: 1,
    anchor: { x: 0.5, y: 1 },
    label: undefined,
    callout: undefined,
    customCallout: undefined,
    ariaLabel: place.name,
    joinCluster: false,
    clusterId: undefined,
  };
}

function pin(): TemplateResult {
  return html`<svg class="pin" viewBox="0 0 32 40" aria-hidden="true">
    <path
      fill="currentColor"
      stroke="#fff"
      stroke-width="1.5"
      d="M16 1C8.8 1 3 6.7 3 13.7 3 23.4 16 39 16 39s13-15.6 13-25.3C29 6.7 23.2 1 16 1zm0 18a5.5 5.5 0 1 1 0-11 5.5 5.5 0 0 1 0 11z"
    />
  </svg>`;
}

function cross(): TemplateResult {
  return html`<svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" aria-hidden="true">
    <circle cx="12" cy="12" r="7" />
    <path d="M12 2v4M12 18v4M2 12h4M18 12h4" stroke-linecap="round" />
  </svg>`;
}
