/** A refusal of the platform (RFC 9457), or the fact that it could not be reached. */
import { number, object, optional, safeParse, string } from 'valibot';

const problemSchema = object({
  type: optional(string()),
  title: string(),
  status: optional(number()),
  detail: optional(string()),
  hint: optional(string()),
});

export class PlatformProblem extends Error {
  constructor(
    /** HTTP status, or 0 where the platform was not reached. */
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly hint: string | undefined,
    /** Last word of the problem's type, such as `withdrawn`. */
    readonly kind = '',
  ) {
    super(`${title}: ${detail}`);
    this.name = 'PlatformProblem';
  }

  get unreachable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

export async function problemOf(response: Response): Promise<PlatformProblem> {
  const value: unknown = await response.json().catch(() => undefined);
  const parsed = safeParse(problemSchema, value);
  if (!parsed.success) return new PlatformProblem(response.status, `HTTP ${response.status}`, response.url, undefined);
  const { type, title, detail, hint } = parsed.output;
  return new PlatformProblem(response.status, title, detail ?? '', hint, type?.split(':').at(-1));
}
