/** Frames for everything that moves: one request however many values move, none while nothing does. */
export interface FrameSource {
  requestFrame(callback: (time: number) => void): void;
}

type Step = (time: number) => boolean;

export class Clock {
  private readonly steps = new Set<Step>();
  private requested = false;

  constructor(private readonly source: FrameSource) {}

  /** Calls `step` with each frame's time in milliseconds until it answers false. */
  run(step: Step): { cancel(): void } {
    this.steps.add(step);
    this.ask();
    return { cancel: () => void this.steps.delete(step) };
  }

  private ask(): void {
    if (this.requested || this.steps.size === 0) return;
    this.requested = true;
    this.source.requestFrame((time) => {
      this.requested = false;
      for (const step of [...this.steps]) {
        if (this.steps.has(step) && !step(time)) this.steps.delete(step);
      }
      this.ask();
    });
  }
}
