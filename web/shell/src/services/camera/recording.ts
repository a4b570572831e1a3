/** A film of the camera, in the format that the browser can write. */
import { fail } from '../../miniapp/failure';

const formats: [type: string, extension: string][] = [
  ['video/mp4;codecs=avc1.42E01E,mp4a.40.2', 'mp4'],
  ['video/mp4', 'mp4'],
  ['video/webm;codecs=vp8,opus', 'webm'],
  ['video/webm', 'webm'],
];

export class Recording {
  readonly #recorder: MediaRecorder;
  readonly #parts: Blob[] = [];
  readonly #extension: string;
  readonly #stopped: Promise<void>;
  readonly #limit: ReturnType<typeof setTimeout>;

  constructor(
    stream: MediaStream,
    seconds: number,
    private readonly ended: () => void,
  ) {
    const format = formats.find(([type]) => globalThis.MediaRecorder?.isTypeSupported(type));
    if (format === undefined) fail('this browser can’t record');
    const [mimeType, extension] = format;
    this.#extension = extension;
    this.#recorder = new MediaRecorder(stream, { mimeType });
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#parts.push(data));
    this.#stopped = new Promise((resolve) => {
      this.#recorder.addEventListener('stop', () => resolve(), { once: true });
    });
    this.#recorder.start(1000);
    // The app's side ends it in time; this is for one that does not.
    this.#limit = setTimeout(() => this.cancel(), Math.min(Math.max(1, seconds), 300) * 1000 + 5000);
  }

  async stop(): Promise<{ video: Blob; extension: string }> {
    this.cancel();
    await this.#stopped;
    return {
      video: new Blob(this.#parts, { type: this.#recorder.mimeType.split(';')[0] ?? '' }),
      extension: this.#extension,
    };
  }

  cancel(): void {
    clearTimeout(this.#limit);
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    this.ended();
  }
}
