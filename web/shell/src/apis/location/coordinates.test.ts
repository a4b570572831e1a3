/** The shift of China's maps: known points, and none elsewhere. */
import { describe, expect, it } from 'vitest';
import { place } from '../location';
import { toChina } from './coordinates';

describe('coordinates of China', () => {
  it('are shifted by what is published for Tiananmen', () => {
    const { latitude, longitude } = toChina(39.907375, 116.391349);
    expect(latitude).toBeCloseTo(39.908774, 3);
    expect(longitude).toBeCloseTo(116.397592, 3);
  });

  it('are left alone elsewhere', () => {
    expect(toChina(48.8584, 2.2945)).toEqual({ latitude: 48.8584, longitude: 2.2945 });
  });
});

describe('a place', () => {
  const coords = {
    latitude: 39.9,
    longitude: 116.4,
    accuracy: 12,
    altitude: null,
    altitudeAccuracy: null,
    speed: null,
    heading: null,
  };

  it('says what is not known as the original does', () => {
    const given = place({ coords: coords as GeolocationCoordinates }, 'wgs84');
    expect(given).toMatchObject({
      latitude: 39.9,
      speed: -1,
      altitude: 0,
      verticalAccuracy: 0,
      horizontalAccuracy: 12,
    });
  });

  it('is shifted only where the app asks for that', () => {
    expect(place({ coords: coords as GeolocationCoordinates }, 'gcj02').latitude).not.toBe(39.9);
  });
});
