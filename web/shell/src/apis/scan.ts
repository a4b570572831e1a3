/** Reading codes: by the camera or from a picture, in the trusted sheet; the app gets the text alone. */
import { text } from '../localization';
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';
import { ScanForm } from '../window/forms/scan-form';
import { askForm } from './ask-form';
import { formatsOf } from './scan/reader';

type Args = Record<string, unknown>;

export const scanApis = {
  async scanCode({ app }: CallContext, args: Args): Promise<Args> {
    const form = new ScanForm();
    form.pictures = args.onlyFromCamera !== true;
    form.formats = formatsOf(Array.isArray(args.scanType) ? args.scanType.map(String) : undefined);
    const found = await askForm(app, text('scan.title'), form);
    if (found === undefined) return fail('cancel');
    return {
      result: found.text,
      scanType: found.type,
      charSet: 'utf-8',
      path: '',
      rawData: btoa(String.fromCharCode(...new TextEncoder().encode(found.text))),
    };
  },
};
