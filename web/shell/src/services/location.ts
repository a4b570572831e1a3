/** What a map component asks: where the device is, and to show a place full screen. */
import { placeOf } from '../../../runtime/map/geo';
import { locationApis } from '../apis/location';
import { fail } from '../miniapp/failure';
import type { Service } from './index';

export const locationServices: Record<string, Service> = {
  'location.get': async ({ app, page }) => {
    const api = 'map.show-location';
    const granted = await app.permission.require({ api, scope: 'scope.userLocation', category: 'location' });
    const { latitude, longitude, accuracy } = await locationApis.getLocation(
      { app, page, id: 0, api, granted },
      { type: 'gcj02' },
    );
    return { latitude, longitude, accuracy };
  },
  'location.open': ({ app }, args) => {
    const place = placeOf(args);
    if (place === undefined) fail('parameter error: it is no place');
    app.places.show({ ...place, name: String(args.name ?? ''), address: String(args.address ?? '') }, 16);
  },
};
