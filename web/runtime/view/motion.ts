/** Runs something over time with the usual easing; at once where the user asked for reduced motion. */
export function motion(milliseconds: number, step: (done: number) => void): Promise<void> {
  if (milliseconds <= 0 || reducedMotion()) {
    step(1);
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const start = performance.now();
    const frame = (now: number) => {
      const linear = Math.min(1, Math.max(0, (now - start) / milliseconds));
      step(1 - (1 - linear) ** 3);
      if (linear < 1) requestAnimationFrame(frame);
      else resolve();
    };
    requestAnimationFrame(frame);
  });
}

export function reducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
