/** What an app writes into a map's attributes, read into what the map draws. Anything that is no such thing is left out. */
import { type Place, placeOf, placesOf } from '../../map/geo';
import type { Pin, Words } from '../../map/pins';
import type { Area, Disc, Line } from '../../map/shapes';
import { safeColour } from '../video/colour';

type Entry = Record<string, unknown>;

const most = 5000;
/** Size of the pin of ours. */
export const ownPin = { width: 32, height: 40 };

function entries(value: unknown): Entry[] {
  return (Array.isArray(value) ? value.slice(0, most) : []).filter(
    (entry): entry is Entry => typeof entry === 'object' && entry !== null,
  );
}

function numberOf(value: unknown, otherwise: number): number {
  if (value === undefined || value === null || value === '') return otherwise;
  const parsed = typeof value === 'string' ? Number.parseFloat(value) : Number(value);
  if (!Number.isFinite(parsed)) return otherwise;
  return typeof value === 'string' && value.trim().endsWith('rpx') ? (parsed * innerWidth) / 750 : parsed;
}

function colourOf(value: unknown, otherwise: string): string {
  return safeColour(value) ?? otherwise;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 2000) : '';
}

function record(value: unknown): Entry | undefined {
  return typeof value === 'object' && value !== null ? (value as Entry) : undefined;
}

function words(entry: Entry, otherwise: Partial<Words>): Words {
  const align = textOf(entry.textAlign);
  return {
    content: textOf(entry.content),
    color: colourOf(entry.color, otherwise.color ?? '#000000'),
    fontSize: numberOf(entry.fontSize, 14),
    borderRadius: numberOf(entry.borderRadius, 0),
    borderWidth: numberOf(entry.borderWidth, 0),
    borderColor: colourOf(entry.borderColor, 'transparent'),
    bgColor: colourOf(entry.bgColor, otherwise.bgColor ?? 'transparent'),
    padding: numberOf(entry.padding, otherwise.padding ?? 0),
    textAlign: ['left', 'right', 'center'].includes(align) ? align : 'left',
    anchorX: numberOf(entry.anchorX ?? entry.x, 0),
    anchorY: numberOf(entry.anchorY ?? entry.y, 0),
  };
}

export interface Marker {
  pin: Pin;
  iconPath: string;
}

/** A marker without a number gets one of its own, below zero, where no app's is. */
export function readMarkers(value: unknown): Marker[] {
  return entries(value).flatMap((entry, index) => {
    const place = placeOf(entry);
    if (place === undefined) return [];
    const callout = record(entry.callout);
    const custom = record(entry.customCallout);
    const label = record(entry.label);
    const anchor = record(entry.anchor);
    const iconPath = textOf(entry.iconPath);
    const id = numberOf(entry.id, -1 - index);
    const clusterId = entry.clusterId === undefined ? undefined : numberOf(entry.clusterId, 0);
    const pin: Pin = {
      id: clusterId === undefined ? id : -1_000_000 - clusterId,
      place,
      title: textOf(entry.title),
      zIndex: numberOf(entry.zIndex, 0),
      icon: undefined,
      width: numberOf(entry.width, iconPath === '' ? ownPin.width : Number.NaN),
      height: numberOf(entry.height, iconPath === '' ? ownPin.height : Number.NaN),
      rotate: numberOf(entry.rotate, 0),
      alpha: Math.max(0, Math.min(1, numberOf(entry.alpha, 1))),
      anchor: { x: numberOf(anchor?.x, 0.5), y: numberOf(anchor?.y, 1) },
      label: label && { ...words(label, {}) },
      callout: callout && {
        ...words(callout, { bgColor: '#ffffff', padding: 4 }),
        display: textOf(callout.display) || 'BYCLICK',
      },
      customCallout: custom && {
        display: textOf(custom.display) || 'BYCLICK',
        anchorX: numberOf(custom.anchorX, 0),
        anchorY: numberOf(custom.anchorY, 0),
      },
      ariaLabel: textOf(entry.ariaLabel ?? entry['aria-label']),
      joinCluster: entry.joinCluster === true,
      clusterId,
    };
    return [{ pin, iconPath }];
  });
}

export function readLines(value: unknown): Line[] {
  return entries(value).map((entry, index) => ({
    id: numberOf(entry.id, index),
    points: placesOf(entry.points),
    color: colourOf(entry.color, '#000000'),
    width: Math.max(0.5, numberOf(entry.width, 1)),
    dotted: entry.dottedLine === true,
    arrows: entry.arrowLine === true,
    borderColor: safeColour(entry.borderColor),
    borderWidth: numberOf(entry.borderWidth, 0),
    colors: (Array.isArray(entry.colorList) ? entry.colorList : []).map((colour) => colourOf(colour, '#000000')),
  }));
}

export function readAreas(value: unknown): Area[] {
  return entries(value).map((entry) => ({
    points: placesOf(entry.points),
    fill: colourOf(entry.fillColor, 'transparent'),
    stroke: colourOf(entry.strokeColor, '#000000'),
    width: numberOf(entry.strokeWidth, 1),
    dashes: (Array.isArray(entry.dashArray) ? entry.dashArray : []).map((dash) => numberOf(dash, 0)),
  }));
}

export function readDiscs(value: unknown): Disc[] {
  return entries(value).flatMap((entry) => {
    const center = placeOf(entry);
    const radius = numberOf(entry.radius, 0);
    if (center === undefined || radius <= 0) return [];
    const fill = colourOf(entry.fillColor, 'transparent');
    const stroke = colourOf(entry.color, '#000000');
    return [{ center, radius, fill, stroke, width: numberOf(entry.strokeWidth, 1) }];
  });
}

export interface Control {
  id: number;
  left: number;
  top: number;
  width: number;
  height: number;
  iconPath: string;
  clickable: boolean;
}

export function readControls(value: unknown): Control[] {
  return entries(value).map((entry) => {
    const position = record(entry.position) ?? {};
    return {
      id: numberOf(entry.id, 0),
      left: numberOf(position.left, 0),
      top: numberOf(position.top, 0),
      width: numberOf(position.width, Number.NaN),
      height: numberOf(position.height, Number.NaN),
      iconPath: textOf(entry.iconPath),
      clickable: entry.clickable === true,
    };
  });
}

/** `[top, right, bottom, left]`. */
export function readPadding(value: unknown): number[] {
  return (Array.isArray(value) ? value.slice(0, 4) : []).map((side) => numberOf(side, 0));
}

export function readBounds(value: unknown): { southwest: Place; northeast: Place } | undefined {
  const entry = record(value);
  const southwest = placeOf(entry?.southwest);
  const northeast = placeOf(entry?.northeast);
  return southwest && northeast && { southwest, northeast };
}
