/**
 * Development mode: what pages and consoles say goes to the developer's terminal, and a new build reloads the app.
 */
import { object, safeParse, string } from 'valibot';

export interface Position {
  file: string;
  line: number;
  column: number;
}

export type DevelopmentEvent =
  | { event: 'page'; app_id: string; path: string; state: 'ready' | 'failed'; message?: string }
  | { event: 'console'; app_id: string; side: 'logic' | 'view'; level: string; text: string; position?: Position }
  | { event: 'error'; app_id: string; side: 'logic' | 'view'; message: string; stack: string; position?: Position };

const sendAfter = 20;
const changeSchema = object({ app_id: string(), version: string(), digest: string() });
const failureSchema = object({ message: string() });

export class DevelopmentReporter {
  #waiting: DevelopmentEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> = Promise.resolve();

  report(event: DevelopmentEvent): void {
    this.#waiting.push(event);
    this.#timer ??= setTimeout(() => this.#send(), sendAfter);
  }

  /** In order, and without a retry: a terminal that is gone misses nothing that matters. */
  #send(): void {
    this.#timer = undefined;
    const body = this.#waiting.map((event) => `${JSON.stringify(event)}\n`).join('');
    this.#waiting = [];
    this.#sending = this.#sending.then(async () => {
      const headers = { 'content-type': 'application/x-ndjson' };
      await fetch('/api/v1/development/events', { method: 'POST', headers, body }).catch(() => undefined);
    });
  }
}

export interface BuildListener {
  built(digest: string): void;
  failed(message: string): void;
}

/** Listens to new builds of an app until the returned function is called. */
export function watchBuilds(appId: string, listener: BuildListener): () => void {
  const source = new EventSource('/api/v1/development/changes');
  const built = (event: MessageEvent<unknown>) => {
    const change = safeParse(changeSchema, parseJson(event.data));
    if (change.success && change.output.app_id === appId) listener.built(change.output.digest);
  };
  source.addEventListener('current', built);
  source.addEventListener('reload', built);
  source.addEventListener('failed', (event: MessageEvent<unknown>) => {
    const failure = safeParse(failureSchema, parseJson(event.data));
    if (failure.success) listener.failed(failure.output.message);
  });
  return () => source.close();
}

function parseJson(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    return undefined;
  }
}
