/** One live instance of an app on a device and user: Web Locks across tabs, with taking over. */

/** Gives the lock back; settles once another instance may have it. */
export type Release = () => Promise<void>;

/** Resolves to the lock's release, or to undefined where another tab has it and `takeOver` is false. */
export function holdInstance(name: string, takeOver: boolean, lost: () => void): Promise<Release | undefined> {
  return new Promise((resolve, reject) => {
    let finishHolding: () => void = () => undefined;
    let released = false;
    const held = new Promise<void>((finish) => {
      finishHolding = finish;
    });
    const options: LockOptions = takeOver ? { steal: true } : { ifAvailable: true };
    const request = navigator.locks.request(name, options, (lock) => {
      if (lock === null) {
        resolve(undefined);
        return undefined;
      }
      resolve(async () => {
        released = true;
        finishHolding();
        await request.catch(() => undefined);
      });
      return held;
    });
    request.catch((failure: unknown) => {
      // The request rejects where another tab stole the lock.
      if (failure instanceof DOMException && failure.name === 'AbortError') {
        if (!released) lost();
      } else {
        reject(failure);
      }
    });
  });
}
