/** `setInnerAudioOption` and `getAvailableAudioSources`. */
import { soundOf } from '../../audio/sound';
import type { CallContext } from '../../miniapp/bridge';

type Args = Record<string, unknown>;

export const audioApis = {
  /** The mute switch and the choice of a loudspeaker are the device's; a browser has neither. */
  setInnerAudioOption({ app }: CallContext, args: Args): void {
    if (typeof args.mixWithOther === 'boolean') soundOf(app).mixWithOther = args.mixWithOther;
  },
  /** The browser and its user choose the microphone. */
  getAvailableAudioSources: (): Args => ({ audioSources: ['auto'] }),
};
