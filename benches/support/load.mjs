/** Load by wrk, which is fast enough to be slower than neither server. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs wrk for some seconds; gives requests per second and the median and slowest hundredth in milliseconds.
 * A run in which anything else than success was answered measures nothing: it throws.
 */
export async function load(url, { seconds = 5, connections = 32, script } = {}) {
  const parameters = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', ...(script === undefined ? [] : ['-s', script]), url];
  const { stdout } = await run(process.env.MEZZE_WRK ?? 'wrk', parameters).catch((failure) => {
    if (failure.code === 'ENOENT') throw new Error('wrk is not installed; on Debian: apt-get install wrk');
    throw failure;
  });
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${url} was not answered as it should be:\n${stdout}`);
  const number = (pattern) => Number(pattern.exec(stdout)?.[1] ?? Number.NaN);
  return { perSecond: number(/Requests\/sec:\s+([\d.]+)/), p50: time(/50%\s+([\d.]+\w+)/, stdout), p99: time(/99%\s+([\d.]+\w+)/, stdout) };
}

function time(pattern, text) {
  const [, number, unit] = /([\d.]+)(us|ms|s|m)$/.exec(pattern.exec(text)?.[1] ?? '') ?? [];
  return Number(number) * ({ us: 0.001, ms: 1, s: 1000, m: 60_000 }[unit] ?? Number.NaN);
}
