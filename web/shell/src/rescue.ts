/**
 * After a mini app was closed because its page hung. Chromium runs the pages of all mini apps in one process: where the
 * page hangs for good, so do the others, and pages that come, until the last of them is gone and the process with it.
 */
import { wait } from '../../common/promises';
import type { Frame } from './frames/frame';

/** How long pages of others may take to answer, or to boot where they do yet, once the one that held them is gone; milliseconds. */
const patience = 3000;
/** How long the process of the last frame takes to end. */
const farewell = 500;

export interface Rescue {
  /** Frames that should answer, now that the one that hung is gone. */
  frames(): readonly Frame[];
  /** Ends every mini app and every spare; gives what begins them anew. */
  endAll(): Promise<() => Promise<void>>;
}

/** In so many parts is waited: a tab that was frozen comes back with one of them over, not with all. */
const parts = 10;

/** Whether the threads of all these frames go on; `within` in milliseconds in which the shell itself runs. */
export async function allAnswer(frames: readonly Frame[], within: number): Promise<boolean> {
  let answered = false;
  const answers = Promise.all(frames.map((frame) => frame.answers())).then(() => {
    answered = true;
  });
  for (let part = 0; part < parts && !answered; part += 1) await Promise.race([answers, wait(within / parts)]);
  return answered;
}

/** True where the others had to begin anew. */
export async function rescue({ frames, endAll }: Rescue): Promise<boolean> {
  if (await allAnswer(frames(), patience)) return false;
  const begin = await endAll();
  await wait(farewell);
  await begin();
  return true;
}
