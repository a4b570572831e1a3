/** The menu of a picture that was pressed long (`show-menu-by-longpress`): the user may keep it. */
import { download } from '../apis/media/album';
import { text } from '../localization';
import { fail } from '../miniapp/failure';
import { extensionOf, extensionOfType } from '../miniapp/media-type';
import type { Service } from './index';

export const imageServices: Record<string, Service> = {
  'image.menu': async ({ app }, args) => {
    const src = String(args.src ?? '');
    const chosen = await app.interactions.askSheet({ items: [text('viewer.save')], colour: undefined, alert: '' });
    if (chosen === undefined) return;
    const content = await app.resources.content(src);
    if (!('blob' in content)) return fail('error' in content ? String(content.error) : 'the picture could not be read');
    const extension = extensionOf(src.startsWith('data:') ? '' : src) || extensionOfType(content.blob.type) || 'png';
    download(content.blob, `picture.${extension}`);
  },
};
