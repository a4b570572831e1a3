/** One live instance of an app on a device and user: Web Locks across tabs, with taking over. */

/** Resolves to the lock's release, or to undefined where another tab has it and `takeOver` is false. */
export function holdInstance(name: string, takeOver: boolean, lost: () => void): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    let release: () => void = () => undefined;
    let released = false;
    const held = new Promise<void>((finish) => {
      release = () => {
        released = true;
        finish();
      };
    });
    const options: LockOptions = takeOver ? { steal: true } : { ifAvailable: true };
    const request = navigator.locks.request(name, options, (lock) => {
      if (lock === null) {
        resolve(undefined);
        return undefined;
      }
      resolve(release);
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
