/** Samples of a microphone as 16-bit PCM: frames of a wanted size, and WAV files of them. */

const bytesPerSample = 2;

/** Samples of -1 to 1, by channel, as interleaved little-endian 16-bit numbers. */
export function interleave(channels: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  const length = channels[0]?.length ?? 0;
  const view = new DataView(new ArrayBuffer(length * channels.length * bytesPerSample));
  let offset = 0;
  for (let index = 0; index < length; index += 1) {
    for (const channel of channels) {
      const sample = Math.min(1, Math.max(-1, channel[index] ?? 0));
      view.setInt16(offset, Math.round(sample < 0 ? sample * 0x8000 : sample * 0x7fff), true);
      offset += bytesPerSample;
    }
  }
  return new Uint8Array(view.buffer);
}

/** Cuts a stream of bytes into frames of one size; what is left comes last. */
export class Framer {
  #parts: Uint8Array[] = [];
  #held = 0;

  constructor(
    private readonly size: number,
    private readonly each: (frame: ArrayBuffer, last: boolean) => void,
  ) {}

  add(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#held += bytes.length;
    while (this.#held >= this.size) this.each(this.#take(this.size), false);
  }

  end(): void {
    this.each(this.#take(this.#held), true);
  }

  #take(size: number): ArrayBuffer {
    const frame = new Uint8Array(size);
    let filled = 0;
    while (filled < size) {
      const [first] = this.#parts;
      if (first === undefined) break;
      const part = first.subarray(0, size - filled);
      frame.set(part, filled);
      filled += part.length;
      if (part.length === first.length) this.#parts.shift();
      else this.#parts[0] = first.subarray(part.length);
    }
    this.#held -= filled;
    return frame.buffer;
  }
}

/** The 44 bytes before the samples of a WAV file. */
export function waveHeader(dataLength: number, sampleRate: number, channels: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(44));
  const text = (offset: number, value: string) => {
    for (const [index, character] of [...value].entries()) view.setUint8(offset + index, character.charCodeAt(0));
  };
  const frame = channels * bytesPerSample;
  text(0, 'RIFF');
  view.setUint32(4, 36 + dataLength, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * frame, true);
  view.setUint16(32, frame, true);
  view.setUint16(34, bytesPerSample * 8, true);
  text(36, 'data');
  view.setUint32(40, dataLength, true);
  return new Uint8Array(view.buffer);
}
