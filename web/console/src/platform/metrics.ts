/** The platform's counters (OpenMetrics text), told by route. */
export interface RouteLoad {
  route: string;
  count: number;
  /** Answers of 500 and more. */
  failures: number;
  /** Mean time until the answer began, in milliseconds. */
  mean: number;
}

/** A label's value may hold braces: routes name their parameters in them. */
const line = /^([a-zA-Z_:][\w:]*)\{(.*)\} ([0-9.eE+-]+)$/;

/** The busiest routes first. */
export function routeLoads(text: string): RouteLoad[] {
  const loads = new Map<string, RouteLoad & { seconds: number }>();
  for (const written of text.split('\n')) {
    const [, name, labels, value] = line.exec(written) ?? [];
    if (name === undefined) continue;
    const route = label(labels ?? '', 'route');
    if (route === undefined) continue;
    const load = loads.get(route) ?? { route, count: 0, failures: 0, mean: 0, seconds: 0 };
    loads.set(route, load);
    if (name === 'mezze_http_requests_total') {
      load.count += Number(value);
      if (Number(label(labels ?? '', 'status')) >= 500) load.failures += Number(value);
    } else if (name === 'mezze_http_request_seconds_sum') load.seconds += Number(value);
  }
  return [...loads.values()]
    .filter(({ count }) => count > 0)
    .map(({ route, count, failures, seconds }) => ({ route, count, failures, mean: (seconds / count) * 1000 }))
    .sort((a, b) => b.count - a.count);
}

function label(labels: string, name: string): string | undefined {
  return new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels)?.[1];
}
