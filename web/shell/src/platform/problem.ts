/** A refusal of the platform (RFC 9457), or the fact that it could not be reached. */
import { type GenericSchema, type InferOutput, number, object, optional, safeParse, string } from 'valibot';

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

/** Sends a request; a platform that does not answer is a problem like any other. */
export async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (failure) {
    throw new PlatformProblem(0, 'The platform was not reached', String(failure), undefined);
  }
}

/** The answer in its form; `what` names the call where it has another. */
export function understood<T extends GenericSchema>(
  schema: T,
  value: unknown,
  status: number,
  what: string,
): InferOutput<T> {
  const parsed = safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const detail = `${what}: ${parsed.issues[0].message}`;
  throw new PlatformProblem(status, 'The platform answered in an unknown form', detail, undefined);
}
