/**
 * Small drawing vocabulary for the pictures of the examples: SVG elements as strings, with scatter that is
 * the same on every run (so that a picture only changes where its drawing changes).
 */

/** A repeatable source of numbers in [0, 1), so that the same drawing gives the same bytes. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

export const circle = (x, y, radius, fill, more = '') =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}" ${more}/>`;

export const ellipse = (x, y, width, height, fill, turn = 0, more = '') =>
  `<ellipse cx="${x}" cy="${y}" rx="${width}" ry="${height}" fill="${fill}" transform="rotate(${turn} ${x} ${y})" ${more}/>`;

export const box = (x, y, width, height, radius, fill, turn = 0, more = '') =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" ` +
  `transform="rotate(${turn} ${x + width / 2} ${y + height / 2})" ${more}/>`;

export const path = (data, fill, more = '') => `<path d="${data}" fill="${fill}" ${more}/>`;

export const stroke = (data, color, width, more = '') =>
  `<path d="${data}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;

/** A leaf with a vein, its stem end at (x, y), pointing along `turn`. */
export function leaf(x, y, length, fill, turn = 0) {
  const half = length * 0.28;
  const shape = `M${x} ${y} C${x + length * 0.3} ${y - half} ${x + length * 0.75} ${y - half} ${x + length} ${y} ` +
    `C${x + length * 0.75} ${y + half} ${x + length * 0.3} ${y + half} ${x} ${y}Z`;
  return `<g transform="rotate(${turn} ${x} ${y})">${path(shape, fill)}` +
    `${stroke(`M${x + 4} ${y}L${x + length * 0.82} ${y}`, 'rgba(255,255,255,.35)', 2)}</g>`;
}

/** Calls `draw(x, y, random)` for `count` places spread over a disc. */
export function scatter(seed, count, centerX, centerY, radius, draw) {
  const random = seeded(seed);
  let out = '';
  for (let index = 0; index < count; index += 1) {
    const angle = random() * Math.PI * 2;
    const distance = Math.sqrt(random()) * radius;
    out += draw(Math.round(centerX + Math.cos(angle) * distance), Math.round(centerY + Math.sin(angle) * distance), random);
  }
  return out;
}

/** Calls `draw(x, y, degrees)` for `count` places on a ring. */
export function ring(count, centerX, centerY, radius, draw, start = 0) {
  let out = '';
  for (let index = 0; index < count; index += 1) {
    const degrees = start + (index * 360) / count;
    const angle = (degrees * Math.PI) / 180;
    out += draw(Math.round(centerX + Math.cos(angle) * radius), Math.round(centerY + Math.sin(angle) * radius), degrees);
  }
  return out;
}

/** A round plate seen from above, with a soft shadow, a rim and a well. */
export function plate(rim, well, inside, radius = 150) {
  return ellipse(202, 214, radius + 4, radius + 2, 'rgba(29,27,24,.18)') + circle(200, 200, radius, rim) +
    circle(200, 200, radius - 6, 'none', 'stroke="rgba(255,255,255,.55)" stroke-width="3"') +
    circle(200, 200, radius - 26, well) + inside;
}

/** A whole picture of 400 by 400 on a cloth of one colour with a woven stripe. */
export function scene(cloth, stripe, inside) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">${box(0, 0, 400, 400, 0, cloth)}` +
    `${box(-40, 300, 520, 26, 0, stripe, -24)}${box(-40, 338, 520, 8, 0, stripe, -24)}${inside}</svg>`;
}
