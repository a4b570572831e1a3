/**
 * `hover-class`: the class that a view, button or navigator wears while it is pressed. It comes after
 * `hover-start-time`, so that a scroll does not flash, and stays for `hover-stay-time` after the release.
 */
import type { HoverSettings, ViewNode } from '../node';

interface Worn {
  node: ViewNode;
  settings: HoverSettings;
  timer: ReturnType<typeof setTimeout> | undefined;
  shown: boolean;
}

const viewTimes = { start: 50, stay: 400 };
const timesByTag: Record<string, { start: number; stay: number; className: string }> = {
  button: { start: 20, stay: 70, className: 'button-hover' },
  navigator: { start: 50, stay: 600, className: 'navigator-hover' },
};

export class Hover {
  #worn: Worn[] = [];

  constructor(private readonly disabled: (node: ViewNode) => boolean) {}

  start(target: ViewNode): void {
    this.cancel();
    for (let node: ViewNode | null = target; node !== null; node = node.parent) {
      if (this.disabled(node)) return;
      const settings = settingsOf(node);
      if (settings === null) continue;
      const worn: Worn = { node, settings, timer: undefined, shown: false };
      worn.timer = setTimeout(() => show(worn), settings.startTime);
      this.#worn.push(worn);
      if (settings.stopPropagation) return;
    }
  }

  end(): void {
    for (const worn of this.#worn) {
      clearTimeout(worn.timer);
      show(worn);
      setTimeout(() => hide(worn), worn.settings.stayTime);
    }
    this.#worn = [];
  }

  cancel(): void {
    for (const worn of this.#worn) {
      clearTimeout(worn.timer);
      hide(worn);
    }
    this.#worn = [];
  }
}

function settingsOf(node: ViewNode): HoverSettings | null {
  const defaults = timesByTag[node.tag];
  if (node.hover === null && defaults === undefined) return null;
  const given = node.hover;
  const named = given !== null && given.className !== 'none' ? given.className : undefined;
  const className = named ?? (given === null || !node.attributes?.has('hoverClass') ? defaults?.className : undefined);
  if (className === undefined || className === '') return null;
  const times = defaults ?? viewTimes;
  return {
    className,
    startTime: given === null || Number.isNaN(given.startTime) ? times.start : given.startTime,
    stayTime: given === null || Number.isNaN(given.stayTime) ? times.stay : given.stayTime,
    stopPropagation: given?.stopPropagation ?? false,
  };
}

function show(worn: Worn): void {
  if (worn.shown) return;
  worn.shown = true;
  worn.node.wear(worn.settings.className);
}

function hide(worn: Worn): void {
  if (!worn.shown) return;
  worn.shown = false;
  worn.node.takeOff(worn.settings.className);
}
