/**
 * Markers: a pin or a picture, a label, a bubble, each an element over the map. Bubbles that the app draws itself
 * (`customCallout`) are elements of the page that are only put in their place.
 */
import type { Place } from './geo';
import type { Surface } from './surface';

export interface Words {
  content: string;
  color: string;
  fontSize: number;
  borderRadius: number;
  borderWidth: number;
  borderColor: string;
  bgColor: string;
  padding: number;
  textAlign: string;
  anchorX: number;
  anchorY: number;
}

export interface Pin {
  id: number;
  place: Place;
  title: string;
  zIndex: number;
  /** A URL that loads, or undefined for the pin of ours. */
  icon: string | undefined;
  width: number;
  height: number;
  rotate: number;
  alpha: number;
  anchor: { x: number; y: number };
  label: Words | undefined;
  callout: (Words & { display: string }) | undefined;
  customCallout: { display: string; anchorX: number; anchorY: number } | undefined;
  ariaLabel: string;
  joinCluster: boolean;
  clusterId: number | undefined;
}

export interface PinEvents {
  tapped(kind: 'marker' | 'callout' | 'label', id: number, event: Event): void;
}

const pinPath =
  'M16 1C8.8 1 3 6.7 3 13.7 3 23.4 16 39 16 39s13-15.6 13-25.3C29 6.7 23.2 1 16 1zm0 18a5.5 5.5 0 1 1 0-11 5.5 5.5 0 0 1 0 11z';
const svg = 'http://www.w3.org/2000/svg';

interface Drawn {
  pin: Pin;
  element: HTMLElement;
  icon: HTMLElement;
  bubble: HTMLElement | undefined;
}

export class PinLayer {
  readonly element = document.createElement('div');
  readonly #drawn = new Map<number, Drawn>();
  /** The marker whose bubble a tap opened. */
  #open: number | undefined;
  /** Bubbles of the app's own, by marker. */
  custom: (id: number) => HTMLElement | undefined = () => undefined;

  constructor(
    container: HTMLElement,
    private readonly events: PinEvents,
  ) {
    this.element.className = 'mz-map-pins';
    container.append(this.element);
  }

  set(pins: readonly Pin[]): void {
    const kept = new Set(pins.map(({ id }) => id));
    for (const [id, { element }] of this.#drawn) {
      if (kept.has(id)) continue;
      element.remove();
      this.#drawn.delete(id);
      const bubble = this.custom(id);
      if (bubble !== undefined) bubble.style.visibility = 'hidden';
    }
    for (const pin of pins) this.#draw(pin);
  }

  get(id: number): Pin | undefined {
    return this.#drawn.get(id)?.pin;
  }

  /** Opens the bubble of a tapped marker; undefined closes it. */
  open(id: number | undefined): void {
    const before = this.#open;
    this.#open = id;
    for (const changed of [before, id]) {
      const drawn = changed === undefined ? undefined : this.#drawn.get(changed);
      if (drawn !== undefined) this.#showBubble(drawn);
    }
  }

  /** Puts every marker where the camera has its place. */
  place(surface: Surface, width: number, height: number): void {
    for (const { pin, element } of this.#drawn.values()) {
      const { x, y } = surface.project(pin.place);
      const seen = x > -200 && y > -200 && x < width + 200 && y < height + 200;
      element.style.visibility = seen ? '' : 'hidden';
      element.style.transform = `translate(${round(x)}px, ${round(y)}px)`;
      this.#placeCustom(pin, x, y, seen);
    }
  }

  /** A marker that moves: where it is and how it is turned while it does. */
  move(id: number, place: Place, rotate: number | undefined): void {
    const drawn = this.#drawn.get(id);
    if (drawn === undefined) return;
    drawn.pin = { ...drawn.pin, place, rotate: rotate ?? drawn.pin.rotate };
    drawn.icon.style.rotate = `${drawn.pin.rotate}deg`;
  }

  #placeCustom(pin: Pin, x: number, y: number, seen: boolean): void {
    if (pin.customCallout === undefined) return;
    const bubble = this.custom(pin.id);
    if (bubble === undefined) return;
    const { display, anchorX, anchorY } = pin.customCallout;
    const shown = seen && (display === 'ALWAYS' || this.#open === pin.id);
    bubble.style.setProperty('position', 'absolute', 'important');
    bubble.style.setProperty('left', '0', 'important');
    bubble.style.setProperty('top', '0', 'important');
    bubble.style.visibility = shown ? 'visible' : 'hidden';
    bubble.style.pointerEvents = shown ? 'auto' : 'none';
    const top = y - pin.height * pin.anchor.y - 4;
    bubble.style.transform = `translate(calc(${round(x + anchorX)}px - 50%), calc(${round(top + anchorY)}px - 100%))`;
  }

  #draw(pin: Pin): void {
    const known = this.#drawn.get(pin.id);
    if (known !== undefined && JSON.stringify(known.pin) === JSON.stringify(pin)) return;
    const drawn = known ?? this.#make(pin);
    drawn.pin = pin;
    const { icon, element } = drawn;
    element.style.zIndex = String(pin.zIndex);
    element.setAttribute('aria-label', pin.ariaLabel || pin.title || pin.callout?.content || '');
    Object.assign(icon.style, {
      width: `${pin.width}px`,
      height: `${pin.height}px`,
      left: `${-pin.width * pin.anchor.x}px`,
      top: `${-pin.height * pin.anchor.y}px`,
      opacity: String(pin.alpha),
      rotate: `${pin.rotate}deg`,
      transformOrigin: `${pin.anchor.x * 100}% ${pin.anchor.y * 100}%`,
    });
    icon.replaceChildren(pin.icon === undefined ? ownPin() : picture(pin.icon));
    for (const old of element.querySelectorAll('.mz-map-label')) old.remove();
    if (pin.label !== undefined) element.append(this.#label(pin.id, pin.label));
    this.#showBubble(drawn);
  }

  #make(pin: Pin): Drawn {
    const element = document.createElement('div');
    element.className = 'mz-map-marker';
    element.tabIndex = 0;
    element.setAttribute('role', 'button');
    const icon = document.createElement('div');
    icon.className = 'mz-map-icon';
    element.append(icon);
    icon.addEventListener('click', (event) => this.events.tapped('marker', pin.id, event));
    element.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      this.events.tapped('marker', pin.id, event);
    });
    this.element.append(element);
    const drawn = { pin, element, icon, bubble: undefined };
    this.#drawn.set(pin.id, drawn);
    return drawn;
  }

  #label(id: number, words: Words): HTMLElement {
    const label = wordsElement('mz-map-label', words);
    label.style.transform = `translate(${words.anchorX}px, ${words.anchorY}px)`;
    label.addEventListener('click', (event) => this.events.tapped('label', id, event));
    return label;
  }

  #showBubble(drawn: Drawn): void {
    const { pin, element } = drawn;
    drawn.bubble?.remove();
    drawn.bubble = undefined;
    const open = this.#open === pin.id;
    const plain = pin.callout === undefined && pin.customCallout === undefined && pin.title !== '' && open;
    const callout = plain ? { ...titleWords, content: pin.title, display: 'BYCLICK' } : pin.callout;
    if (callout === undefined || callout.content === '' || (callout.display !== 'ALWAYS' && !open)) return;
    const bubble = wordsElement('mz-map-callout', callout);
    bubble.style.transform = `translate(calc(-50% + ${callout.anchorX}px), calc(-100% + ${-pin.height * pin.anchor.y - 8 + callout.anchorY}px))`;
    bubble.addEventListener('click', (event) => this.events.tapped('callout', pin.id, event));
    const tail = document.createElement('i');
    tail.style.borderTopColor = callout.bgColor;
    bubble.append(tail);
    element.append(bubble);
    drawn.bubble = bubble;
  }
}

const titleWords: Words = {
  content: '',
  color: '#1d1b18',
  fontSize: 14,
  borderRadius: 8,
  borderWidth: 0,
  borderColor: 'transparent',
  bgColor: '#ffffff',
  padding: 8,
  textAlign: 'center',
  anchorX: 0,
  anchorY: 0,
};

function wordsElement(className: string, words: Words): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  element.textContent = words.content;
  Object.assign(element.style, {
    color: words.color,
    fontSize: `${words.fontSize}px`,
    padding: `${words.padding}px`,
    borderRadius: `${words.borderRadius}px`,
    border: `${words.borderWidth}px solid ${words.borderColor}`,
    backgroundColor: words.bgColor,
    textAlign: words.textAlign,
  });
  return element;
}

function ownPin(): Element {
  const drawing = document.createElementNS(svg, 'svg');
  const path = document.createElementNS(svg, 'path');
  for (const [name, value] of Object.entries({ viewBox: '0 0 32 40', width: '100%', height: '100%' }))
    drawing.setAttribute(name, value);
  path.setAttribute('d', pinPath);
  path.setAttribute('fill', '#a8283e');
  path.setAttribute('stroke', '#ffffff');
  path.setAttribute('stroke-width', '1.5');
  drawing.append(path);
  return drawing;
}

function picture(url: string): HTMLElement {
  const image = document.createElement('img');
  image.alt = '';
  image.draggable = false;
  image.src = url;
  return image;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
