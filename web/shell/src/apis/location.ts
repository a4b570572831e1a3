/** Where the device is, by the browser's geolocation. */
import type { CallContext } from '../miniapp/bridge';
import { ApiFailure, fail } from '../miniapp/failure';
import { toChina } from './location/coordinates';
import { begin, end } from './running';

type Args = Record<string, unknown>;

const watchName = 'location';
/** Parts of a degree that a fuzzy place is rounded to: about a kilometre. */
const perDegree = 100;

export const locationApis = {
  async getLocation(_context: CallContext, args: Args): Promise<Args> {
    const exact = args.isHighAccuracy === true || args.altitude === true || args.altitude === 'true';
    const patience = Number(args.highAccuracyExpireTime ?? 0);
    const position = await current({
      enableHighAccuracy: exact,
      timeout: exact && patience >= 3000 ? patience : 20_000,
    });
    return place(position, args.type);
  },
  async getFuzzyLocation(_context: CallContext, args: Args): Promise<Args> {
    const { latitude, longitude } = place(await current({ enableHighAccuracy: false, timeout: 20_000 }), args.type);
    return { latitude: rounded(latitude), longitude: rounded(longitude) };
  },
  startLocationUpdate: (context: CallContext, args: Args) => watch(context, args.type),
  startLocationUpdateBackground: (): never => fail('the browser gives no place to pages in the background'),
  stopLocationUpdate({ app }: CallContext): void {
    end(app, watchName);
  },
};

function current(options: PositionOptions): Promise<GeolocationPosition> {
  available();
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(resolve, (failure) => reject(refusal(failure)), options);
  });
}

function watch({ app }: CallContext, type: unknown): Promise<void> {
  available();
  return new Promise((resolve, reject) => {
    const id = navigator.geolocation.watchPosition(
      (position) => {
        resolve();
        if (app.inFront) app.bridge.event('location.change', place(position, type));
      },
      (failure) => {
        reject(refusal(failure));
        app.bridge.event('location.error', { errCode: failure.code });
      },
      { enableHighAccuracy: true },
    );
    begin(app, watchName, () => navigator.geolocation.clearWatch(id));
    // The original answers once it listens, not with the first fix.
    setTimeout(resolve, 1000);
  });
}

function available(): void {
  if (!('geolocation' in navigator)) fail('system permission denied', 1000);
}

/** The browser's refusal in the original's words and numbers. */
function refusal(failure: GeolocationPositionError): ApiFailure {
  if (failure.code === failure.PERMISSION_DENIED) return new ApiFailure('system permission denied', 1003);
  if (failure.code === failure.TIMEOUT) return new ApiFailure('timeout', 1002);
  return new ApiFailure('ERROR_NOCELL&WIFI_LOCATIONSWITCHOFF', 1001);
}

interface Place extends Record<string, unknown> {
  latitude: number;
  longitude: number;
}

export function place({ coords }: Pick<GeolocationPosition, 'coords'>, type: unknown): Place {
  const { latitude, longitude, accuracy, altitude, altitudeAccuracy, speed } = coords;
  const shown = type === 'gcj02' ? toChina(latitude, longitude) : { latitude, longitude };
  return {
    ...shown,
    speed: speed ?? -1,
    accuracy,
    altitude: altitude ?? 0,
    verticalAccuracy: altitudeAccuracy ?? 0,
    horizontalAccuracy: accuracy,
  };
}

function rounded(degrees: number): number {
  return Math.round(degrees * perDegree) / perDegree;
}
