/**
 * A drawn town, one thousand metres square: water, parks, houses and streets. What stands on it comes by the
 * slot, placed in per cent of its width and height.
 */
const streets = [
  { id: 'mill', x: -4, y: 47, length: 108, width: 3.2, turn: -4 },
  { id: 'harbour', x: -4, y: 62, length: 108, width: 4.4, turn: -4 },
  { id: 'market', x: -4, y: 32, length: 108, width: 2.4, turn: -4 },
  { id: 'garden', x: -4, y: 16, length: 108, width: 2.4, turn: -4 },
  { id: 'quay', x: -4, y: 79, length: 108, width: 2.4, turn: -4 },
  { id: 'station', x: 20, y: 50, length: 108, width: 4.4, turn: 86 },
  { id: 'museum', x: -22, y: 50, length: 108, width: 2.8, turn: 86 },
  { id: 'fig', x: 3, y: 50, length: 108, width: 2.4, turn: 86 },
  { id: 'hill', x: -36, y: 50, length: 108, width: 2.4, turn: 86 },
  { id: 'east', x: 37, y: 50, length: 108, width: 2.8, turn: 86 },
]

const houses = [
  [33, 36, 7, 8], [41, 36, 9, 5], [41, 42, 6, 3], [57, 35, 11, 9], [76, 34, 9, 10], [18, 38, 10, 6], [33, 51, 6, 9], [40, 52, 11, 5],
  [57, 50, 5, 9], [63, 50, 6, 5], [76, 49, 9, 9], [18, 52, 9, 9], [34, 66, 12, 6], [57, 65, 12, 9], [76, 64, 8, 10], [18, 67, 9, 8],
  [34, 20, 14, 8], [57, 19, 10, 9], [18, 22, 9, 7], [76, 20, 8, 9], [57, 82, 10, 8],
].map(([x, y, width, height], id) => ({ id, x, y, width, height }))

Component({
  options: { multipleSlots: false },
  data: { streets, houses },
})
