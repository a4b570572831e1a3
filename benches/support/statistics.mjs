/** Figures as the benchmarks print them. Times are milliseconds, rounded to a hundredth. */

export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const rounded = (value) => Math.round(value * 100) / 100;

/** Median, least and greatest of some samples; the first `skip` warm up and don't count. */
export function summary(values, skip = 0) {
  const counted = values.slice(skip);
  return { median: rounded(median(counted)), min: rounded(Math.min(...counted)), max: rounded(Math.max(...counted)), samples: counted.length };
}

/** How often `ours` fits into `theirs`, or undefined where the peer is not there. */
export const times = (theirs, ours) => (theirs === undefined ? undefined : rounded(theirs / ours));
