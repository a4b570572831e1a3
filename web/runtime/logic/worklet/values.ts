/**
 * Shared and derived values: what a computation reads while it runs is what it depends on. Setting a value runs what
 * depends on it once, at the end of the turn, unless it asked to be run at once.
 */

/** Runs again when what it read has changed. */
export interface Computation {
  changed(): void;
  readonly sources: Set<Source>;
}

interface Source {
  readonly dependents: Set<Computation>;
}

/**
 * What an animation is to a value: it is started with the value it finds and sets it until it ends. `ended` is told
 * once, with false where it was cancelled.
 */
export interface Motion {
  /** Where it goes, where that is known before it starts. */
  readonly target?: unknown;
  start(from: unknown, set: (value: unknown) => void, ended: (finished: boolean) => void): { cancel(): void };
}

const motion = Symbol('mezze.motion');

export function asMotion(description: Motion): unknown {
  return { [motion]: description };
}

export function motionOf(value: unknown): Motion | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as { [motion]?: Motion })[motion];
}

let running: Computation | undefined;

/** Runs `compute` and notes what it reads. */
export function track<T>(computation: Computation, compute: () => T): T {
  for (const source of computation.sources) source.dependents.delete(computation);
  computation.sources.clear();
  const before = running;
  running = computation;
  try {
    return compute();
  } finally {
    running = before;
  }
}

export function forget(computation: Computation): void {
  for (const source of computation.sources) source.dependents.delete(computation);
  computation.sources.clear();
}

function read(source: Source): void {
  if (running === undefined) return;
  source.dependents.add(running);
  running.sources.add(source);
}

export class SharedValue {
  readonly #source: Source = { dependents: new Set() };
  #current: unknown;
  #moving: { cancel(): void } | undefined;

  constructor(initial: unknown) {
    this.#current = initial;
  }

  get value(): unknown {
    read(this.#source);
    return this.#current;
  }

  set value(next: unknown) {
    this.cancel();
    const started = motionOf(next);
    if (started === undefined) this.#put(next);
    else
      this.#moving = started.start(
        this.#current,
        (value) => this.#put(value),
        () => undefined,
      );
  }

  /** Ends a running animation where it is. */
  cancel(): void {
    const moving = this.#moving;
    this.#moving = undefined;
    moving?.cancel();
  }

  #put(value: unknown): void {
    if (Object.is(value, this.#current)) return;
    this.#current = value;
    for (const dependent of [...this.#source.dependents]) dependent.changed();
  }
}

/** A value computed of others; computed when it is read, and again when one of those has changed. */
export class DerivedValue implements Computation {
  readonly sources = new Set<Source>();
  readonly #source: Source = { dependents: new Set() };
  #current: unknown;
  #stale = true;
  #moving: { cancel(): void } | undefined;

  constructor(private readonly compute: () => unknown) {}

  get value(): unknown {
    read(this.#source);
    if (this.#stale) {
      const first = this.#moving === undefined && this.#current === undefined;
      this.#stale = false;
      this.#take(track(this, this.compute), first);
    }
    return this.#current;
  }

  changed(): void {
    if (this.#stale) return;
    this.#stale = true;
    this.#tell();
  }

  /** What was computed may be a motion: then the value goes there from where it is. */
  #take(computed: unknown, first: boolean): void {
    this.#moving?.cancel();
    this.#moving = undefined;
    const motion = motionOf(computed);
    if (motion === undefined) this.#current = computed;
    else if (first && motion.target !== undefined) this.#current = motion.target;
    else {
      const set = (value: unknown) => {
        if (Object.is(value, this.#current)) return;
        this.#current = value;
        this.#tell();
      };
      this.#moving = motion.start(this.#current, set, () => undefined);
    }
  }

  #tell(): void {
    for (const dependent of [...this.#source.dependents]) dependent.changed();
  }
}
