/**
 * Gestures over a video: sideways to seek, up and down on the right for loudness, on the left for brightness.
 * Brightness is that of the picture: a page has no power over the screen.
 */
import { trackDrag } from '../drag';

export interface GestureParts {
  layer: HTMLElement;
  /** Degrees that the layer is turned by in full screen. */
  turned(): number;
  maySeek(): boolean;
  maySlide(): boolean;
  duration(): number;
  time(): number;
  volume(): number;
  brightness(): number;
  seeking(time: number): void;
  seek(time: number): void;
  setVolume(value: number): void;
  setBrightness(value: number): void;
  ended(): void;
}

type Kind = 'seek' | 'volume' | 'brightness';

/** Seconds for a drag across the whole picture, at most. */
const longestReach = 90;

export function trackVideoGestures(parts: GestureParts): void {
  let kind: Kind = 'seek';
  let from = 0;
  let target = 0;
  let start = { x: 0, y: 0 };
  trackDrag(parts.layer, {
    axis: 'both',
    accepts(deltaX, deltaY) {
      const [along, across] = inPicture(parts.turned(), deltaX, deltaY);
      const sideways = Math.abs(along) > Math.abs(across);
      return sideways ? parts.maySeek() : parts.maySlide();
    },
    start: (x, y) => {
      from = Number.NaN;
      start = { x, y };
    },
    move(deltaX, deltaY) {
      const [along, across] = inPicture(parts.turned(), deltaX, deltaY);
      const { width, height } = sizeInPicture(parts);
      if (Number.isNaN(from)) {
        kind = chosen(parts, along, across, start);
        from = kind === 'seek' ? parts.time() : kind === 'volume' ? parts.volume() : parts.brightness();
      }
      if (kind === 'seek') {
        const reach = Math.min(parts.duration(), longestReach);
        target = Math.max(0, Math.min(parts.duration(), from + (along / width) * reach));
        parts.seeking(target);
      } else if (kind === 'volume') parts.setVolume(clamp(from - across / height, 0, 1));
      else parts.setBrightness(clamp(from - across / height, 0.2, 1));
    },
    end() {
      if (kind === 'seek' && !Number.isNaN(from)) parts.seek(target);
      parts.ended();
    },
  });
}

/** A movement in the picture's own directions. */
function inPicture(turned: number, deltaX: number, deltaY: number): [along: number, across: number] {
  if (turned === 90) return [deltaY, -deltaX];
  if (turned === -90) return [-deltaY, deltaX];
  return [deltaX, deltaY];
}

function sizeInPicture({ layer }: GestureParts): { width: number; height: number } {
  return { width: Math.max(1, layer.offsetWidth), height: Math.max(1, layer.offsetHeight) };
}

function chosen(parts: GestureParts, along: number, across: number, start: { x: number; y: number }): Kind {
  if (Math.abs(along) > Math.abs(across) && parts.maySeek()) return 'seek';
  const rect = parts.layer.getBoundingClientRect();
  const turned = parts.turned();
  const share =
    turned === 0
      ? (start.x - rect.left) / rect.width
      : turned === 90
        ? (start.y - rect.top) / rect.height
        : 1 - (start.y - rect.top) / rect.height;
  return share > 0.5 ? 'volume' : 'brightness';
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
