/** Two ways to take down what a microphone hears: samples as they come, or a file that the browser encodes. */
import { ApiFailure } from '../miniapp/failure';
import { interleave, waveHeader } from './pcm';

export interface Captured {
  blob: Blob;
  extension: string;
}

export interface Capture {
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<Captured>;
}

/** Runs in the audio thread: hands over the samples of each channel. */
const tapProcessor = `registerProcessor('mezze-tap', class extends AudioWorkletProcessor {
  process([input]) {
    if (input.length > 0) this.port.postMessage(input.map((channel) => channel.slice()));
    return true;
  }
});`;

export interface SampleOptions {
  sampleRate: number;
  channels: number;
  format: 'wav' | 'PCM';
  heard: (bytes: Uint8Array<ArrayBuffer>) => void;
}

/** Samples of 16 bits, at the rate that was asked for: the browser's audio engine converts. */
export async function captureSamples(stream: MediaStream, options: SampleOptions): Promise<Capture> {
  const { sampleRate, channels, format } = options;
  const context = new AudioContext({ sampleRate });
  const url = URL.createObjectURL(new Blob([tapProcessor], { type: 'text/javascript' }));
  try {
    await context.audioWorklet.addModule(url);
  } finally {
    URL.revokeObjectURL(url);
  }
  const source = context.createMediaStreamSource(stream);
  const tap = new AudioWorkletNode(context, 'mezze-tap', {
    channelCount: channels,
    channelCountMode: 'explicit',
    numberOfOutputs: 0,
  });
  const parts: Uint8Array<ArrayBuffer>[] = [];
  tap.port.onmessage = ({ data }) => {
    const bytes = interleave(data as Float32Array[]);
    parts.push(bytes);
    options.heard(bytes);
  };
  source.connect(tap);
  await context.resume();
  return {
    pause: () => context.suspend(),
    resume: () => context.resume(),
    async stop() {
      tap.port.onmessage = null;
      source.disconnect();
      await context.close();
      if (format === 'PCM') return { blob: new Blob(parts, { type: 'application/octet-stream' }), extension: 'pcm' };
      const length = parts.reduce((total, part) => total + part.length, 0);
      const header = waveHeader(length, context.sampleRate, channels);
      return { blob: new Blob([header, ...parts], { type: 'audio/wav' }), extension: 'wav' };
    },
  };
}

const aac = ['audio/mp4;codecs=mp4a.40.2', 'audio/aac'];
const others: readonly [string, string][] = [
  ['audio/mp4;codecs=opus', 'm4a'],
  ['audio/webm;codecs=opus', 'webm'],
  ['audio/ogg;codecs=opus', 'ogg'],
];

/** What this browser encodes where AAC is asked for; not every one has an encoder for it. */
export function encodedType(
  supported: (type: string) => boolean,
): { type: string; extension: string; wanted: boolean } | undefined {
  const exact = aac.find(supported);
  if (exact !== undefined) return { type: exact, extension: exact === 'audio/aac' ? 'aac' : 'm4a', wanted: true };
  const other = others.find(([type]) => supported(type));
  return other === undefined ? undefined : { type: other[0], extension: other[1], wanted: false };
}

export function captureEncoded(
  stream: MediaStream,
  format: { type: string; extension: string },
  bitsPerSecond: number,
): Capture {
  const recorder = new MediaRecorder(stream, { mimeType: format.type, audioBitsPerSecond: bitsPerSecond });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.start(1000);
  return {
    pause: async () => recorder.pause(),
    resume: async () => recorder.resume(),
    stop: () =>
      new Promise((resolve, reject) => {
        recorder.onerror = () => reject(new ApiFailure('the browser stopped encoding'));
        recorder.onstop = () => {
          const type = format.type.split(';')[0] ?? '';
          resolve({ blob: new Blob(parts, { type }), extension: format.extension });
        };
        if (recorder.state === 'inactive') recorder.onstop?.(new Event('stop'));
        else recorder.stop();
      }),
  };
}
