/**
 * `open-data`: what the super app knows of the user, for a box that only the page frame's own runtime draws. The app
 * learns nothing: the answer goes to the frame, never to logic.
 */
import { letterAvatar } from '../apis/account/avatar';
import { languageTag } from '../localization';
import { ApiFailure } from '../miniapp/failure';
import { me } from '../platform/client';
import type { Service } from './index';

const answers: Record<string, () => Promise<unknown>> = {
  userNickName: async () => (await me()).name,
  userAvatarUrl: async () => {
    const { name, avatar_color: colour } = await me();
    return letterAvatar(name, colour ?? undefined);
  },
  userLanguage: async () => languageTag(),
};

export const openDataServices: Record<string, Service> = {
  openData: async (_context, args) => {
    const type = String(args['type']);
    const answer = Object.hasOwn(answers, type) ? answers[type] : undefined;
    // Neither gender nor places nor groups are known here; the tag's default text stands in.
    if (answer === undefined) throw new ApiFailure(`this host does not know ${type}`);
    try {
      return await answer();
    } catch {
      throw new ApiFailure('the platform was not reached');
    }
  },
};
