/** `requestAnimationFrame` of canvases. Nothing is drawn, and no frame comes, while the app is in the background. */
import type { Reporter } from '../support/reporter';

type Callback = (time: number) => void;

export class Frames {
  private nextId = 1;
  private waiting = new Map<number, Callback>();
  private running = new Map<number, Callback>();
  private requested = false;
  private hidden = false;

  constructor(
    private readonly requestFrame: (callback: Callback) => void,
    private readonly reporter: Reporter,
  ) {}

  request(callback: Callback): number {
    const id = this.nextId++;
    this.waiting.set(id, callback);
    this.ask();
    return id;
  }

  cancel(id: number): void {
    this.waiting.delete(id);
    this.running.delete(id);
  }

  hide(): void {
    this.hidden = true;
  }

  show(): void {
    this.hidden = false;
    this.ask();
  }

  private ask(): void {
    if (this.requested || this.hidden || this.waiting.size === 0) return;
    this.requested = true;
    this.requestFrame((time) => {
      this.requested = false;
      if (this.hidden) return;
      this.running = this.waiting;
      this.waiting = new Map();
      // One that an earlier callback of this frame cancels is gone from the map before its turn.
      for (const callback of this.running.values()) {
        this.reporter.guard('requestAnimationFrame', () => callback(time));
      }
      this.ask();
    });
  }
}
