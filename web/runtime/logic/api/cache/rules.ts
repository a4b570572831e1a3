/**
 * Rules by which answers of requests are kept (`CacheManager.addRule`): text, an expression, or an object that also
 * describes the data. What a rule declares is what names a kept answer: query values and data that it does not speak of
 * (tokens, times) make no difference.
 */

export interface RequestFacts {
  url: string;
  method: string;
  data: unknown;
}

export interface Rule {
  id: string;
  /** Milliseconds; undefined: the manager's own. */
  maxAge: number | undefined;
  /** Names the kept answer for a request; undefined where the rule does not match. */
  match(request: RequestFacts, origin: string): string | undefined;
}

interface Schema {
  type?: unknown;
  value?: unknown;
}

interface DataRule {
  name: string;
  schema: Schema | Schema[];
}

const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];

/** @throws Error where the rule says nothing that could match */
export function readRule(written: unknown): Rule {
  if (typeof written === 'string' || written instanceof RegExp) return rule(identifierOf(written), written, {});
  if (typeof written !== 'object' || written === null) throw new Error('a rule is a string, a RegExp or an object');
  const given = written as { id?: unknown; url?: unknown };
  if (typeof given.url !== 'string' && !(given.url instanceof RegExp)) throw new Error('a rule needs a url');
  const id = typeof given.id === 'string' && given.id !== '' ? given.id : identifierOf(written);
  return rule(id, given.url, written as { method?: unknown; maxAge?: unknown; dataSchema?: unknown });
}

/** The same for the same rule, so that what was kept is found in the next run. */
function identifierOf(written: unknown): string {
  return JSON.stringify(written, (_name, value: unknown) =>
    value instanceof RegExp || typeof value === 'function' ? String(value) : value,
  );
}

function rule(
  id: string,
  url: string | RegExp,
  more: { method?: unknown; maxAge?: unknown; dataSchema?: unknown },
): Rule {
  const matchUrl = typeof url === 'string' ? textMatcher(url) : expressionMatcher(url);
  const schema = Array.isArray(more.dataSchema) ? (more.dataSchema as DataRule[]) : [];
  const method = typeof more.method === 'string' && more.method !== '' ? more.method.toUpperCase() : undefined;
  return {
    id,
    maxAge: typeof more.maxAge === 'number' ? more.maxAge : undefined,
    match: (request, origin) => {
      if (method !== undefined && request.method !== method) return undefined;
      const place = matchUrl(request, origin);
      if (place === undefined || !matchesData(request.data, schema)) return undefined;
      const data = schema.map(({ name }) => [name, memberOf(request.data, name)]);
      return `${request.method} ${place}${data.length === 0 ? '' : ` ${JSON.stringify(data)}`}`;
    },
  };
}

type UrlMatcher = (request: RequestFacts, origin: string) => string | undefined;

/** `METHOD /path/:part?name&name=value`; the origin may stand before the path. */
function textMatcher(written: string): UrlMatcher {
  const [first = '', second] = written.trim().split(/\s+/, 2);
  const method = second !== undefined && methods.includes(first.toUpperCase()) ? first.toUpperCase() : undefined;
  const [place = '', search = ''] = (second !== undefined && method !== undefined ? second : written.trim()).split(
    '?',
    2,
  );
  const wanted = pairs(search);
  return (request, origin) => {
    if (method !== undefined && request.method !== method) return undefined;
    const [address = '', query = ''] = request.url.split('#')[0]?.split('?', 2) ?? [];
    const whole = place.startsWith('/') && origin !== '' ? `${origin}${place}` : place;
    // Without any origin, the path alone counts.
    if (!samePath(whole.startsWith('/') ? pathOf(address) : address, whole)) return undefined;
    const given = new Map(pairs(query));
    if (!wanted.every(([name, value]) => given.has(name) && (value === undefined || given.get(name) === value))) {
      return undefined;
    }
    const declared = wanted.map(([name]) => `${name}=${given.get(name) ?? ''}`).join('&');
    return declared === '' ? address : `${address}?${declared}`;
  };
}

/** An expression with an origin of its own is held against the address alone. */
function expressionMatcher(expression: RegExp): UrlMatcher {
  const namesOrigin = /https?:/i.test(expression.source);
  return ({ url }, origin) => {
    const [address = ''] = url.split(/[?#]/, 1);
    if (!namesOrigin && origin !== '' && !address.startsWith(`${origin}/`) && address !== origin) return undefined;
    return matches(expression, address) ? address : undefined;
  };
}

/** Global expressions remember where they stopped. */
function matches(expression: RegExp, text: string): boolean {
  expression.lastIndex = 0;
  const found = expression.test(text);
  expression.lastIndex = 0;
  return found;
}

function pathOf(address: string): string {
  return address.replace(/^[a-z]+:\/\/[^/]*/i, '') || '/';
}

function samePath(given: string, wanted: string): boolean {
  const [left, right] = [given.split('/'), wanted.split('/')];
  return (
    left.length === right.length &&
    right.every((part, index) => (/^:\w/.test(part) ? left[index] !== '' : part === left[index]))
  );
}

function pairs(search: string): [string, string | undefined][] {
  return search
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals === -1 ? [part, undefined] : [part.slice(0, equals), part.slice(equals + 1)];
    });
}

function memberOf(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[name] : undefined;
}

function matchesData(data: unknown, rules: readonly DataRule[]): boolean {
  return rules.every(({ name, schema }) => {
    const value = memberOf(data, name);
    return (Array.isArray(schema) ? schema : [schema]).some((one) => matchesSchema(value, one));
  });
}

function matchesSchema(value: unknown, { type, value: wanted }: Schema): boolean {
  const name = typeof type === 'string' ? type : 'any';
  if (name.endsWith('[]')) {
    return Array.isArray(value) && value.every((item) => isOf(item, name.slice(0, -2)));
  }
  if (!isOf(value, name)) return false;
  if (wanted === undefined) return true;
  if (typeof wanted === 'function') return wanted(value) === true;
  if (wanted instanceof RegExp) return matches(wanted, String(value));
  if (Array.isArray(wanted)) return matchesData(value, wanted as DataRule[]);
  return String(value) === String(wanted);
}

function isOf(value: unknown, type: string): boolean {
  if (type === 'any') return value !== undefined;
  if (type === 'null') return value === null;
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
