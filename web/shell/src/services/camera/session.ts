/**
 * One opened camera: the device's stream, and what is made of it. Pictures go out one at a time, the next when the page
 * says that it drew the last; frames for the app's own code go along where it listens, and codes where it scans.
 */
import { codeReader, formatsOf } from '../../apis/scan/reader';
import { fail } from '../../miniapp/failure';
import { Recording } from './recording';

export interface CameraWish {
  facing: 'front' | 'back';
  resolution: string;
  frameSize: string;
  flash: string;
  scan: boolean;
}

export type Tell = (name: string, detail: unknown, transfer?: Transferable[]) => void;

/** Heights asked of the device. */
const heights: Record<string, number> = { low: 480, medium: 720, high: 1080 };
/** Longer edge of the frames that an app listens to. */
const frameEdges: Record<string, number> = { small: 352, medium: 640, large: 1280 };
/** Longest edge of a picture that is only shown. */
const shownEdge = 1280;
const qualities: Record<string, number> = { original: 0.95, high: 0.92, normal: 0.8, low: 0.6 };
const maxZoom = 8;
const scanEvery = 300;

export class CameraSession {
  readonly maxZoom = maxZoom;
  #zoom = 1;
  #frames = false;
  #scan: boolean;
  #scannedAt = 0;
  #scanning = false;
  #closed = false;
  #waiting = false;
  #recording: Recording | undefined;
  #reader: ReturnType<typeof codeReader> | undefined;
  readonly #endings: (() => void)[] = [];
  readonly #video = document.createElement('video');
  readonly #canvas = document.createElement('canvas');

  private constructor(
    private readonly stream: MediaStream,
    private readonly track: MediaStreamTrack,
    private readonly wish: CameraWish,
    private readonly tell: Tell,
  ) {
    this.#scan = wish.scan;
  }

  static async open(wish: CameraWish, tell: Tell): Promise<CameraSession> {
    const { mediaDevices } = navigator;
    if (mediaDevices === undefined) return fail('this browser gives no camera on an insecure address');
    const height = heights[wish.resolution] ?? 720;
    const facingMode = wish.facing === 'front' ? 'user' : 'environment';
    let stream: MediaStream;
    try {
      stream = await mediaDevices.getUserMedia({ video: { facingMode, height: { ideal: height } }, audio: false });
    } catch (reason) {
      return fail(refusal(reason));
    }
    const track = stream.getVideoTracks()[0];
    if (track === undefined) return fail('no camera found');
    const session = new CameraSession(stream, track, wish, tell);
    await session.#start();
    return session;
  }

  /** A camera that does not say where it looks counts as the one that was asked for. */
  get facing(): 'front' | 'back' {
    const { facingMode } = this.track.getSettings();
    return facingMode === 'user' ? 'front' : facingMode === 'environment' ? 'back' : this.wish.facing;
  }

  whenClosed(callback: () => void): void {
    this.#endings.push(callback);
  }

  drawn(): void {
    this.#waiting = false;
  }

  async change(change: {
    flash?: string | undefined;
    zoom?: number | undefined;
    frames?: boolean | undefined;
    scan?: boolean | undefined;
  }): Promise<Record<string, unknown>> {
    if (change.zoom !== undefined) this.#zoom = Math.max(1, Math.min(maxZoom, change.zoom));
    if (change.frames !== undefined) this.#frames = change.frames;
    if (change.scan !== undefined) this.#scan = change.scan;
    if (change.flash !== undefined) {
      this.wish.flash = change.flash;
      await this.#torch(change.flash === 'torch');
    }
    return { zoom: this.#zoom };
  }

  async photo(wish: { quality: string; mirror: boolean }): Promise<{ blob: Blob; width: number; height: number }> {
    const lit = this.wish.flash === 'on' && (await this.#torch(true));
    const { width, height } = this.#draw(Number.POSITIVE_INFINITY, wish.mirror);
    const blob = await this.#blob(qualities[wish.quality] ?? 0.8);
    if (lit) await this.#torch(false);
    return { blob, width, height };
  }

  record(seconds: number, sound: MediaStreamTrack | undefined): void {
    if (this.#recording !== undefined) fail('is recording');
    const tracks = sound === undefined ? [this.track] : [this.track, sound];
    this.#recording = new Recording(new MediaStream(tracks), seconds, () => sound?.stop());
  }

  async stopRecording(): Promise<{ video: Blob; extension: string; thumbnail: Blob }> {
    const recording = this.#recording;
    if (recording === undefined) return fail('is not recording');
    this.#recording = undefined;
    this.#draw(shownEdge, false);
    const thumbnail = await this.#blob(0.8);
    return { ...(await recording.stop()), thumbnail };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#recording?.cancel();
    for (const track of this.stream.getTracks()) track.stop();
    this.#video.srcObject = null;
    this.#video.remove();
    for (const ending of this.#endings.splice(0)) ending();
  }

  async #start(): Promise<void> {
    const video = this.#video;
    video.muted = true;
    video.playsInline = true;
    video.srcObject = this.stream;
    // Unseen, but in the document: a browser may stop drawing a video that is nowhere.
    video.style.cssText = 'position:fixed;width:2px;height:2px;left:0;bottom:0;opacity:0.01;pointer-events:none';
    video.setAttribute('aria-hidden', 'true');
    document.body.append(video);
    this.track.addEventListener('ended', () => {
      this.tell('camera.ended', {});
      this.close();
    });
    await video.play().catch(() => undefined);
    await this.#torch(this.wish.flash === 'torch');
    this.#next();
  }

  #next(): void {
    if (this.#closed) return;
    const turn = () => {
      if (this.#closed) return;
      if (!this.#waiting && this.#video.videoWidth > 0) void this.#show();
      this.#next();
    };
    if ('requestVideoFrameCallback' in this.#video) this.#video.requestVideoFrameCallback(turn);
    else setTimeout(turn, 33);
  }

  async #show(): Promise<void> {
    this.#waiting = true;
    const { sx, sy, sw, sh, width, height } = this.#cut(shownEdge);
    try {
      const bitmap = await createImageBitmap(this.#video, sx, sy, sw, sh, { resizeWidth: width, resizeHeight: height });
      if (this.#closed) bitmap.close();
      else this.tell('camera.picture', bitmap, [bitmap]);
    } catch {
      // The stream is between two sizes; the next picture will do.
      this.#waiting = false;
    }
    if (this.#frames) this.#tellFrame();
    if (this.#scan) void this.#lookForCode();
  }

  #tellFrame(): void {
    const { width, height } = this.#draw(frameEdges[this.wish.frameSize] ?? 640, false);
    const pixels = this.#canvas.getContext('2d', { willReadFrequently: true })?.getImageData(0, 0, width, height);
    if (pixels === undefined) return;
    const data = pixels.data.buffer;
    this.tell('camera.frame', { width, height, data }, [data]);
  }

  async #lookForCode(): Promise<void> {
    const now = performance.now();
    if (this.#scanning || now - this.#scannedAt < scanEvery) return;
    this.#scanning = true;
    this.#scannedAt = now;
    try {
      this.#reader ??= codeReader(formatsOf(['barCode', 'qrCode', 'datamatrix', 'pdf417']));
      const found = await (await this.#reader)(this.#video);
      if (found === undefined || this.#closed || !this.#scan) return;
      const rawData = btoa(String.fromCharCode(...new TextEncoder().encode(found.text.slice(0, 8000))));
      this.tell('camera.code', { type: found.type, result: found.text, charSet: 'UTF-8', rawData });
    } finally {
      this.#scanning = false;
    }
  }

  /** The part of the picture that the zoom leaves, and its size with the longer edge at most `edge`. */
  #cut(edge: number): { sx: number; sy: number; sw: number; sh: number; width: number; height: number } {
    const { videoWidth, videoHeight } = this.#video;
    const sw = Math.max(1, Math.round(videoWidth / this.#zoom));
    const sh = Math.max(1, Math.round(videoHeight / this.#zoom));
    const scale = Math.min(1, edge / Math.max(sw, sh));
    const width = Math.max(1, Math.round(sw * scale));
    const height = Math.max(1, Math.round(sh * scale));
    return { sx: Math.round((videoWidth - sw) / 2), sy: Math.round((videoHeight - sh) / 2), sw, sh, width, height };
  }

  #draw(edge: number, mirror: boolean): { width: number; height: number } {
    if (this.#video.videoWidth === 0) fail('the camera has no picture yet');
    const { sx, sy, sw, sh, width, height } = this.#cut(edge);
    const canvas = this.#canvas;
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (mirror) context?.setTransform(-1, 0, 0, 1, width, 0);
    context?.drawImage(this.#video, sx, sy, sw, sh, 0, 0, width, height);
    return { width, height };
  }

  #blob(quality: number): Promise<Blob> {
    return new Promise((resolve, reject) => {
      const done = (blob: Blob | null) => (blob === null ? reject(new Error('no picture')) : resolve(blob));
      this.#canvas.toBlob(done, 'image/jpeg', quality);
    });
  }

  /** False where the device has no lamp. */
  async #torch(on: boolean): Promise<boolean> {
    const capabilities = this.track.getCapabilities?.() as { torch?: boolean } | undefined;
    if (capabilities?.torch !== true) return false;
    await this.track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] }).catch(() => undefined);
    return true;
  }
}

function refusal(reason: unknown): string {
  const { name, message } = reason as DOMException;
  if (name === 'NotAllowedError') return 'auth deny: the browser or device does not allow the camera';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'no camera found';
  if (name === 'NotReadableError') return 'the camera is used by something else';
  return message || name;
}
