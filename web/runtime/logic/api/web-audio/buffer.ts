/** Samples that an app has: decoded by the shell, or made by the app itself. */

export let bufferState: (buffer: AudioBuffer) => { changed: boolean; channels: readonly Float32Array[] };
export let bufferSaid: (buffer: AudioBuffer) => void;

export class AudioBuffer {
  static {
    bufferState = (buffer) => ({ changed: buffer.#changed, channels: buffer.#channels });
    bufferSaid = (buffer) => {
      buffer.#changed = buffer.#handed;
    };
  }

  readonly sampleRate: number;
  readonly length: number;
  readonly numberOfChannels: number;
  readonly #channels: readonly Float32Array[];
  /** Whether the shell has to be told of the samples again. */
  #changed = true;
  /** The app holds an array of its samples: it may write into it at any time. */
  #handed = false;

  constructor(channels: readonly Float32Array[], sampleRate: number) {
    this.#channels = channels;
    this.sampleRate = sampleRate;
    this.numberOfChannels = channels.length;
    this.length = channels[0]?.length ?? 0;
  }

  /** Seconds. */
  get duration(): number {
    return this.length / this.sampleRate;
  }

  getChannelData(channel: number): Float32Array {
    this.#handed = true;
    this.#changed = true;
    return this.#channel(channel);
  }

  copyFromChannel(destination: Float32Array, channel: number, start = 0): void {
    destination.set(this.#channel(channel).subarray(start, start + destination.length));
  }

  copyToChannel(source: Float32Array, channel: number, start = 0): void {
    const samples = this.#channel(channel);
    samples.set(source.subarray(0, Math.max(0, samples.length - start)), start);
    this.#changed = true;
  }

  #channel(channel: number): Float32Array {
    const samples = this.#channels[channel];
    if (samples === undefined) throw new RangeError(`AudioBuffer: there is no channel ${channel}`);
    return samples;
  }
}
