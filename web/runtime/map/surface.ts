/** What draws the ground: maplibre where there is WebGL, else a flat drawing. Places are in the datum of the tiles. */
import type { Place } from './geo';

export interface Camera {
  center: Place;
  /** As the dialect counts it: 3 to 20. */
  scale: number;
  /** Degrees clockwise that the map is turned by. */
  rotate: number;
  /** Degrees that the map is tilted by, 0 to 40. */
  skew: number;
}

export interface Gestures {
  scroll: boolean;
  zoom: boolean;
  rotate: boolean;
  skew: boolean;
  /** Fingers tilt further than usual. */
  steeper?: boolean;
}

export interface Limits {
  minimum: number;
  maximum: number;
  boundary: { southwest: Place; northeast: Place } | undefined;
}

/** Why the view moves. */
export type Cause = 'drag' | 'scale' | 'update';

export interface SurfaceEvents {
  /** A movement begins, goes on, has ended. */
  moved(phase: 'begin' | 'move' | 'end', cause: Cause): void;
  /** Everything that is visible has been drawn. */
  drawn(): void;
}

/** One of the operator's tiles as a picture; rejects where there is none. */
export type TileReader = (z: number, x: number, y: number) => Promise<ImageBitmap>;

export interface Tiles {
  read: TileReader;
  maximum: number;
}

export interface Surface {
  camera(): Camera;
  /** `duration` 0 jumps; a longer one is in milliseconds. */
  setCamera(camera: Partial<Camera>, duration: number): void;
  /** Pixels from the top left corner. */
  project(place: Place): { x: number; y: number };
  unproject(point: { x: number; y: number }): Place;
  setGestures(gestures: Gestures): void;
  setLimits(limits: Limits): void;
  setDark(dark: boolean): void;
  /** Where the camera's centre stands, as parts of width and height. */
  setCenterOffset(offset: { x: number; y: number }): void;
  resize(): void;
  remove(): void;
}

export interface Colours {
  land: string;
  water: string;
  grid: string;
  text: string;
}

/** LOOK's paper and line, and a water that stays quiet beside them. */
export const colours: Record<'light' | 'dark', Colours> = {
  light: { land: '#f3efe8', water: '#dde5e6', grid: '#e0d9ce', text: '#6f6a63' },
  dark: { land: '#211f1b', water: '#17262c', grid: '#34302a', text: '#a39c92' },
};

/** Above this scale the outline of the world is too coarse to tell land from water, so all is paper. */
export const outlineUntil = 8;
