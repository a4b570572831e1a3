/** What passes between an app's logic and the worker that it made. Both run the app's own code: neither is trusted. */
export type ToAppWorker =
  | {
      k: 'start';
      files: readonly { file: string; lines: number }[];
      entry: string;
      development: boolean;
    }
  | { k: 'message'; data: unknown };

export type FromAppWorker =
  | { k: 'message'; data: unknown }
  | { k: 'console'; level: 'debug' | 'log' | 'info' | 'warn' | 'error'; text: string }
  | { k: 'error'; message: string; stack: string };

/** First message of a worker that is to be an app's, with its `scripts`; the other kind is `mezze.boot` (protocol/boot.ts). */
export const appWorkerBoot = 'mezze.worker';
