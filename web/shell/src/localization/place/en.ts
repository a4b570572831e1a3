/** Texts of the full-screen map pages. */
export const placeEn = {
  'place.choose': 'Choose a place',
  'place.show': 'Place',
  'place.cancel': 'Cancel',
  'place.done': 'Use this place',
  'place.name': 'Name of the place',
  'place.unnamed': 'Marked place',
  'place.here': 'Go to where I am',
  'place.not-found': 'This device does not say where it is.',
  'place.move': 'Move the map until the pin stands on the place.',
  'place.outside': 'Open in a map app',
  'place.copy': 'Copy coordinates',
  'place.copied': 'Copied',
  'place.failed': 'The map could not be shown.',
  'place.map': 'Map',
} as const;
