/** Fingerprints and faces by SOTER: no browser has it, and apps that ask first learn so and go another way. */
import { fail } from '../miniapp/failure';

type Args = Record<string, unknown>;

/** Number of the original for a device that has none. */
const notSupported = 90_001;

export const verifyApis = {
  checkIsSupportSoterAuthentication: (): Args => ({ supportMode: [] }),
  checkIsSoterEnrolledInDevice: (): never => fail('not support soter', undefined, { errCode: notSupported }),
  startSoterAuthentication: (): never => fail('not support soter', undefined, { errCode: notSupported }),
};
