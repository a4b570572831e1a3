/** What the runtime measured of an app: starting it, moving between pages, drawing them, running its scripts. */
export interface PerformanceEntry {
  name: string;
  entryType: 'navigation' | 'render' | 'script' | 'loadPackage';
  /** Milliseconds since 1970. */
  startTime: number;
  duration: number;
  [detail: string]: unknown;
}

type Listener = (entries: readonly PerformanceEntry[]) => void;

export class Marks {
  private kept: PerformanceEntry[] = [];
  private most = 30;
  private readonly listeners = new Set<Listener>();

  constructor(private readonly now: () => number) {}

  /** Notes what began at `startTime` and ends now. */
  add(name: string, entryType: PerformanceEntry['entryType'], startTime: number, details: object = {}): void {
    const entry = { name, entryType, startTime, duration: this.now() - startTime, ...details };
    this.kept = [...this.kept, entry].slice(-this.most);
    for (const listener of this.listeners) listener([entry]);
  }

  time(): number {
    return this.now();
  }

  entries(): PerformanceEntry[] {
    return this.kept.map((entry) => ({ ...entry }));
  }

  setSize(size: number): void {
    this.most = Math.min(1000, Math.max(1, Math.floor(size)));
    this.kept = this.kept.slice(-this.most);
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
