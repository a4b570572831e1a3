/** Places on the shell's own full-screen map: shown, or chosen by the user, who gives away only what is chosen. */
import { placeOf } from '../../../runtime/map/geo';
import type { CallContext } from '../miniapp/bridge';
import { fail } from '../miniapp/failure';
import type { NamedPlace } from '../miniapp/places';

type Args = Record<string, unknown>;

async function chosen({ app }: CallContext, args: Args): Promise<NamedPlace> {
  const place = await app.places.choose(placeOf(args));
  return place ?? fail('cancel');
}

export const locationMapApis = {
  async chooseLocation(context: CallContext, args: Args): Promise<Args> {
    const { name, address, longitude, latitude } = await chosen(context, args);
    return { name, address, longitude, latitude };
  },
  /** A place exactly (`type` 2): the shell's map knows no cities. */
  async choosePoi(context: CallContext, args: Args): Promise<Args> {
    const { name, address, longitude, latitude } = await chosen(context, args);
    return { type: 2, name, address, longitude, latitude };
  },
  openLocation({ app }: CallContext, args: Args): void {
    const place = placeOf(args);
    if (place === undefined) fail('parameter error: latitude and longitude should be a place on earth');
    const named = { ...place, name: String(args.name ?? ''), address: String(args.address ?? '') };
    const scale = Number(args.scale ?? 18) || 18;
    app.places.show(named, Math.max(5, Math.min(18, scale)));
  },
};
