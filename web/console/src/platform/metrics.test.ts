import { expect, it } from 'vitest';
import { routeLoads } from './metrics';

const text = `# TYPE mezze_http_requests counter
mezze_http_requests_total{route="/api/v1/apps/{id}",method="GET",status="200"} 8
mezze_http_requests_total{route="/api/v1/apps/{id}",method="POST",status="500"} 2
mezze_http_request_seconds_sum{route="/api/v1/apps/{id}"} 0.5
mezze_http_request_seconds_bucket{le="0.001",route="/api/v1/apps/{id}"} 3
mezze_http_requests_total{route="/",method="GET",status="200"} 30
mezze_http_request_seconds_sum{route="/"} 0.3
mezze_http_requests_under_way 1
# EOF`;

it('tells load by route, the busiest first', () => {
  expect(routeLoads(text)).toEqual([
    { route: '/', count: 30, failures: 0, mean: 10 },
    { route: '/api/v1/apps/{id}', count: 10, failures: 2, mean: 50 },
  ]);
});
