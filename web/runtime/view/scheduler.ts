/**
 * Takes batches in order, applies them in slices of about 8 ms so that a large one does not freeze the frame, and
 * acknowledges each after its layout. Between slices other work of the frame gets its turn.
 */
import { limits } from '../protocol';
import type { OperationApplier, Progress } from './applier';
import { Violation } from './violation';

const sliceMilliseconds = 8;

export interface SchedulerParts {
  applier: OperationApplier;
  /** After each slice: components hear of the changes. */
  settle(): void;
  /** A batch was applied and laid out. */
  applied(seq: number): void;
  failed(error: unknown): void;
}

interface Batch extends Progress {
  seq: number;
  /** Operations to come after those that are being applied. */
  parts: (readonly unknown[])[];
  /** Its last part has come. */
  whole: boolean;
  operands: number;
}

export class BatchScheduler {
  readonly #queue: Batch[] = [];
  readonly #turn = new MessageChannel();
  /** What shall happen once the batch of that number stands. */
  #after: { seq: number; run: () => void }[] = [];
  #closed = false;
  #waitingForTurn = false;

  constructor(private readonly parts: SchedulerParts) {
    this.#turn.port1.onmessage = () => {
      this.#waitingForTurn = false;
      this.#run();
    };
  }

  receive(seq: unknown, ops: unknown, more = false): void {
    if (this.#closed) return;
    if (typeof seq !== 'number' || !Array.isArray(ops)) {
      this.#fail(new Violation('batch', 'it has no number or operations'));
      return;
    }
    const last = this.#queue.at(-1);
    const begun = last?.whole === false ? last : undefined;
    const operands = (begun?.operands ?? 0) + ops.length;
    if (operands > limits.operandsInBatch) {
      this.#fail(new Violation('limit', `a batch of ${operands} entries, ${limits.operandsInBatch} allowed`));
      return;
    }
    if (begun !== undefined) {
      if (begun.seq !== seq) {
        this.#fail(new Violation('batch', `part of batch ${seq} before batch ${begun.seq} was whole`));
        return;
      }
      begun.parts.push(ops);
      begun.operands = operands;
      begun.whole = !more;
    } else {
      if (this.#queue.length >= limits.unacknowledgedBatches) {
        this.#fail(new Violation('limit', `more than ${limits.unacknowledgedBatches} unacknowledged batches`));
        return;
      }
      this.#queue.push({ seq, ops, at: 0, parts: [], whole: !more, operands });
    }
    if (!this.#waitingForTurn) this.#run();
  }

  /** Runs once every batch that has come so far is applied: at once where none waits. */
  whenApplied(run: () => void): void {
    const last = this.#queue.at(-1);
    if (last === undefined) run();
    else this.#after.push({ seq: last.seq, run });
  }

  close(): void {
    this.#closed = true;
    this.#after = [];
    this.#queue.length = 0;
    this.#turn.port1.close();
  }

  #run(): void {
    const end = performance.now() + sliceMilliseconds;
    const deadline = () => performance.now() >= end;
    try {
      for (let batch = this.#queue[0]; batch !== undefined && !this.#closed; batch = this.#queue[0]) {
        const done = this.#apply(batch, deadline);
        if (batch.whole || !done) this.parts.settle();
        if (!done) {
          this.#later();
          return;
        }
        // The rest of it comes by a message of its own.
        if (!batch.whole) return;
        this.#queue.shift();
        // Reading a size completes style and layout: the acknowledgement says that the page stands.
        void document.documentElement.offsetHeight;
        this.parts.applied(batch.seq);
        this.#runAfter(batch.seq);
        if (this.#queue.length > 0 && deadline()) {
          this.#later();
          return;
        }
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Applies what has come of a batch until the time is up; true when nothing of it is left. */
  #apply(batch: Batch, deadline: () => boolean): boolean {
    for (;;) {
      if (!this.parts.applier.apply(batch, deadline)) return false;
      const next = batch.parts.shift();
      if (next === undefined) return true;
      batch.ops = next;
      batch.at = 0;
    }
  }

  #runAfter(seq: number): void {
    if (this.#after.length === 0) return;
    const due = this.#after.filter((entry) => entry.seq <= seq);
    this.#after = this.#after.filter((entry) => entry.seq > seq);
    for (const { run } of due) run();
  }

  #later(): void {
    if (this.#closed || this.#waitingForTurn) return;
    this.#waitingForTurn = true;
    this.#turn.port2.postMessage(null);
  }

  #fail(error: unknown): void {
    this.close();
    this.parts.failed(error);
  }
}
