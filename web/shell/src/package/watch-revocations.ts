/** Polls for revocations: at the start, every few minutes, and when the shell comes back to the front or the network. */
import { PlatformProblem } from '../platform/problem';
import { pollRevocations } from './revocations';

const interval = 2 * 60 * 1000;
/** Coming back and going online often happen at once. */
const shortest = 5000;

/** Calls back where the list has grown, and once at the start. */
export function watchRevocations(changed: () => void): void {
  let asked = Number.NEGATIVE_INFINITY;
  const poll = async () => {
    if (performance.now() - asked < shortest || document.visibilityState !== 'visible') return;
    asked = performance.now();
    try {
      if (await pollRevocations()) changed();
    } catch (failure) {
      // What is known goes on counting; an answer that is not to be believed must not go unseen.
      if (!(failure instanceof PlatformProblem)) console.warn(`revocations: ${String(failure)}`);
    }
  };
  document.addEventListener('visibilitychange', () => void poll());
  window.addEventListener('online', () => void poll());
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) void poll();
  });
  setInterval(() => void poll(), interval);
  void poll().then(changed);
}
