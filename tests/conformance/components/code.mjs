/**
 * What the fixture's camera sees: a QR code that says MEZZE, on white. Chromium reads it from a file of raw frames
 * (YUV4MPEG2), of which one is enough, since it begins again at the end.
 */
import { writeFile } from 'node:fs/promises';

const code = [
  '#######.#..#..#######',
  '#.....#..####.#.....#',
  '#.###.#....#..#.###.#',
  '#.###.#.####..#.###.#',
  '#.###.#...##..#.###.#',
  '#.....#..####.#.....#',
  '#######.#.#.#.#######',
  '...........##........',
  '..#.###.#.##.#...#..#',
  '..####.###.#...#..##.',
  '#.##.##..##..###..##.',
  '.#..##.####..#.######',
  '..#.######.#.#.#.###.',
  '........#..####.....#',
  '#######..#......#.#..',
  '#.....#.###.###....##',
  '#.###.#.#..##.#.##..#',
  '#.###.#..#.#####.#.#.',
  '#.###.#.#.###..#..#.#',
  '#.....#...##.#.###.##',
  '#######..##.####..#.#',
];
const [width, height, module] = [640, 480, 12];

export async function writeCameraPicture(file) {
  const light = Buffer.alloc(width * height, 235);
  const left = (width - code.length * module) / 2;
  const top = (height - code.length * module) / 2;
  for (const [row, modules] of code.entries()) {
    for (const [column, dark] of [...modules].entries()) {
      if (dark !== '#') continue;
      for (let line = 0; line < module; line += 1) {
        const start = (top + row * module + line) * width + left + column * module;
        light.fill(16, start, start + module);
      }
    }
  }
  const grey = Buffer.alloc((width * height) / 2, 128);
  await writeFile(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F15:1 Ip A1:1 C420mpeg2\nFRAME\n`), light, grey]));
}
