/** Real touches of one or more fingers, by the browser's own input. */
import type { Mounted } from './harness';

export interface Finger {
  x: number;
  y: number;
}

export class Fingers {
  private constructor(
    private readonly frame: Mounted,
    private readonly send: (type: 'touchStart' | 'touchMove' | 'touchEnd', points: Finger[]) => Promise<void>,
  ) {}

  static async of(frame: Mounted): Promise<Fingers> {
    const devtools = await frame.page.context().newCDPSession(frame.page);
    return new Fingers(frame, async (type, touchPoints) => {
      await devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
    });
  }

  async down(...points: Finger[]): Promise<void> {
    await this.send('touchStart', points);
  }

  async move(...points: Finger[]): Promise<void> {
    await this.send('touchMove', points);
    await this.frame.page.waitForTimeout(16);
  }

  async up(): Promise<void> {
    await this.send('touchEnd', []);
  }

  /** Fingers go from one place to another, resting a moment before they leave where they shall fling nothing. */
  async swipe(from: Finger[], to: Finger[], { steps = 8, rest = 0 } = {}): Promise<void> {
    await this.down(...from);
    for (let step = 1; step <= steps; step += 1) {
      const share = step / steps;
      await this.move(
        ...from.map((start, index) => {
          const end = to[index] ?? start;
          return { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share };
        }),
      );
    }
    if (rest > 0) await this.frame.page.waitForTimeout(rest);
    await this.up();
  }
}
