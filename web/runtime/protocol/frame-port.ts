/** The port between the shell and one page frame (each page frame has its own). */
import type { AppConfig, WindowConfig } from './config';

export type ShellToFrame =
  | {
      k: 'attach';
      pageId: number;
      path: string;
      /** Style sheets in cascade order; `url()` in them is resolved by the frame through `resolve`. */
      styles: { file: string; text: string }[];
      window: WindowConfig;
      componentStyle: AppConfig['componentStyle'];
      /** Absent: the web's. */
      layout?: LayoutDefaults;
      theme: 'light' | 'dark';
      locale: string;
      /** Room the shell keeps at the bottom (home indicator), CSS pixels. */
      safeAreaBottom: number;
    } // with the page port transferred
  | { k: 'styles'; styles: { file: string; text: string }[] }
  | { k: 'visibility'; visible: boolean }
  /** A page of the host's own (its settings, a picture in full, the map) lies over the page, or went. */
  | { k: 'covered'; covered: boolean }
  /** Whether the frame's thread goes on: answered at once by `pong` with the same number. */
  | { k: 'ping'; sequence: number }
  | { k: 'theme'; theme: 'light' | 'dark' }
  | { k: 'window'; window: WindowConfig }
  /** The user asks for the top of the page, at its bar. */
  | { k: 'top' }
  /** The device's keyboard came, changed or went: its height and how much of the frame's bottom it covers, CSS pixels. */
  | { k: 'keyboard'; height: number; covered: number }
  /** How the page as a whole is seen while elements fly above it, until a message without `look`. */
  | { k: 'veil'; look?: VeilLook }
  | { k: 'resolved'; id: number; blob: Blob }
  | { k: 'resolved'; id: number; url: string }
  | { k: 'resolved'; id: number; error: string }
  /** Answers `host` with the same id. */
  | { k: 'hosted'; id: number; value: unknown }
  | { k: 'hosted'; id: number; error: string; code?: number }
  /** Something that a service tells the component that asked for it; frames of a camera come as transferred bitmaps. */
  | { k: 'host.event'; node: number; name: string; detail: unknown };

/** What boxes start from where no style says it; the engines of the original differ in this. */
export interface LayoutDefaults {
  /** Nothing is inline and what is placed is placed within its parent. */
  skyline: boolean;
  display: 'block' | 'flex';
  box: 'content' | 'border';
}

/** CSS's `matrix()`, around a point of the frame's window in CSS pixels. */
export interface VeilLook {
  opacity: number;
  matrix: readonly number[];
  x: number;
  y: number;
}

export type FrameToShell =
  | { k: 'booted' }
  | { k: 'pong'; sequence: number }
  /** The page drew something: milliseconds since `attach`. */
  | { k: 'painted'; pageId: number; after: number }
  /** A trusted user gesture on a node; `token` is 32 hex digits, used once. */
  | { k: 'gesture'; token: string; node: number; type: string; openType?: string }
  /**
   * Asks for a resource: a file of the package, a temporary file, or a remote URL of a declared origin. The kind
   * `data` is for the runtime's own: `mezze:regions` is answered with a Blob of `@vant/area-data`'s `areaList` as JSON,
   * `mezze:map` with the map's script, `mezze:tiles` with `{ tiles, attribution }` as JSON and `mezze:tile/Z/X/Y` with
   * one of the operator's map tiles.
   */
  | { k: 'resolve'; id: number; src: string; kind: 'image' | 'media' | 'font' | 'style' | 'data' }
  /** The stream broke a limit or a rule; the shell stops the app. */
  | { k: 'violation'; rule: string; detail: string }
  | { k: 'console'; level: 'warn' | 'error'; text: string }
  /**
   * A component asks for what only the shell may do. `node` is the component, which `host.event` goes back to.
   *
   * | op | args | value |
   * |---|---|---|
   * | `fullscreen.enter` | | ; `fullscreen.left` follows where the user or the shell ends it |
   * | `fullscreen.exit` | | |
   * | `camera.open` | `{ facing, resolution, frameSize, microphone }` | `{ maxZoom, width, height }`; `camera.frame` follows |
   * | `camera.close`, `camera.drawn` | | no more frames; the last one was drawn, the next may come |
   * | `camera.change` | `{ flash?, zoom?, frames?, scan? }` | what holds now |
   * | `camera.photo` | `{ quality, mirror }` | `{ tempImagePath }` |
   * | `camera.record`, `camera.stop` | `{ timeout, compressed }` | on stop `{ tempVideoPath, tempThumbPath }` |
   * | `webview.open` | `{ src }` | shows a web page over the page; `load` `{ src }` and `error` `{ fullUrl, src, reason }` follow |
   * | `webview.close` | | takes it away |
   * | `back.hold` | `{ held }` | while held, the way back leads to the component (`back`) before it leads off the page |
   * | `page.bar` | `{ title?, loading?, frontColor?, backgroundColor?, duration, timing }` | |
   * | `page.lift` | `{ distance }` | the page goes up by so many CSS pixels, for what the keyboard would cover |
   * | `page.window` | `{ backgroundColor?, backgroundColorTop?, backgroundColorBottom?, backgroundTextStyle?, pageOrientation? }` | |
   * | `openData` | `{ type, lang, openGid }` | a text, or a Blob for a picture |
   * | `image.menu` | `{ src }` | the shell's menu for a picture that was pressed long |
   * | `nickname.offer`, `nickname.withdraw` | | the user's own name is offered for a field; `nickname` `{ name }` follows where it is taken |
   * | `flight.key` | `{ key }` | a shared element is here under that key, or no more under any (`''`) |
   * | `flight.measured` | `{ request, left, top, width, height, ready, shuttleOnPush, shuttleOnPop, tween, duration }` | answers the event `flight.measure` `{ request }` |
   * | `flight.pictured` | `{ request, picture? }` | answers `flight.picture`; the picture is an `ImageBitmap` |
   * | `container.tapped` | | an open-container was tapped: the next page may grow out of it |
   * | `container.measured` | `{ request, left, top, width, height, … }` with colours as `[r, g, b, a]` | answers `container.measure` |
   * | `location.get` | | `{ latitude, longitude }` in gcj02 |
   * | `location.open` | `{ latitude, longitude, name, address }` | shows a place full screen |
   */
  | { k: 'host'; id: number; node: number; op: string; args: Record<string, unknown> }
  | { k: 'scrolledToTop' };
