/**
 * Numbers that look random and follow from a seed, so that a run can be repeated.
 * @param {number} seed
 */
export function randomness(seed) {
  let state = seed >>> 0;
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  /** A whole number below `most`. @param {number} most */
  const below = (most) => Math.floor(next() * most);
  /** @template T @param {readonly T[]} list @returns {T} */
  const pick = (list) => /** @type {T} */ (list[below(list.length)]);
  /** @param {number} share */
  const chance = (share) => next() < share;
  return { below, pick, chance };
}

/** @typedef {ReturnType<typeof randomness>} Randomness */
