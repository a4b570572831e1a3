/** What is noted of whose an app's data is (`owners.ts` decides by it). */
export interface Owner {
  /** Under which the data lies: the first key, or `unclaimed`. */
  name: string;
  keys: string[];
}

/** The owner of data from before owners were noted, of an app whose package was not on the device any more. */
export const unclaimed = '';

/** Place of an app's owners in the store `device`. */
export const ownersPlace = (appId: string): string => `owners:${appId}`;
