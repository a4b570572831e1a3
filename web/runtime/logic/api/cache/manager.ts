/**
 * The cache manager (`createCacheManager`), one for an app. While the network is good, answers of requests that a rule
 * matches are kept; while it is bad (or always, or from `start` to `stop`, by the mode) `request` handlers of the app
 * answer instead, and where there is none, what was kept does.
 */
import type { CallResult } from '../../bridge/bridge';
import type { Reporter } from '../../support/reporter';
import { type Arguments, type Settle, succeed } from '../outcome';
import type { KeptAnswers } from './kept';
import { type RequestFacts, type Rule, readRule } from './rules';

type Listener = (detail?: unknown) => unknown;

const day = 24 * 60 * 60 * 1000;
const defaultAge = 7 * day;
const longestAge = 30 * day;
/** The calls whose answers are kept too, by the rule of that name. */
const keptCalls = ['wx.login', 'wx.checkSession', 'wx.getSetting'];
const ruleOfCalls = 'wx';

/** Starts the request itself; settles with its end. */
export type Send = (args: Arguments, settle: Settle) => { abort?: () => void };

export interface CacheParts {
  kept: KeptAnswers;
  reporter: Reporter;
  now(): number;
  /** Whether the network is bad by now. */
  weak(): boolean;
}

export class CacheManager {
  mode: 'weakNetwork' | 'always' | 'none';
  origin: string;
  maxAge: number;
  #started = false;
  readonly #calls: ReadonlySet<string>;
  readonly #rules: Rule[] = [];
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(
    private readonly parts: CacheParts,
    options: Arguments,
  ) {
    const { mode, origin, maxAge, extra } = options;
    this.mode = mode === 'always' || mode === 'none' ? mode : 'weakNetwork';
    this.origin = typeof origin === 'string' ? origin.replace(/\/+$/, '') : '';
    this.maxAge = typeof maxAge === 'number' && maxAge > 0 ? Math.min(maxAge, longestAge) : defaultAge;
    const { apiList } = (typeof extra === 'object' && extra !== null ? extra : {}) as { apiList?: unknown };
    this.#calls = new Set(Array.isArray(apiList) ? apiList.filter((api) => keptCalls.includes(api)) : keptCalls);
  }

  /** 1 while kept answers are used. */
  get state(): 0 | 1 {
    if (this.mode === 'always') return 1;
    if (this.mode === 'none') return this.#started ? 1 : 0;
    return this.parts.weak() ? 1 : 0;
  }

  addRule = (written: unknown): string => {
    const rule = readRule(written);
    const known = this.#rules.findIndex(({ id }) => id === rule.id);
    if (known === -1) this.#rules.push(rule);
    else this.#rules[known] = rule;
    return rule.id;
  };

  addRules = (rules: unknown): string[] => (Array.isArray(rules) ? rules.map(this.addRule) : []);

  deleteRule = (id: unknown): void => {
    const place = this.#rules.findIndex((rule) => rule.id === id);
    if (place === -1) return;
    this.#rules.splice(place, 1);
    this.parts.kept.remove(this.parts.kept.ofRule(String(id)));
  };

  deleteRules = (ids: unknown): void => {
    if (Array.isArray(ids)) ids.forEach(this.deleteRule);
  };

  clearRules = (): void => this.deleteRules(this.#rules.map(({ id }) => id));

  deleteCache = (id: unknown): void => this.parts.kept.remove([String(id)]);

  deleteCaches = (ids: unknown): void => {
    if (Array.isArray(ids)) this.parts.kept.remove(ids.map(String));
  };

  clearCaches = (): void => this.parts.kept.clear();

  on = (event: unknown, handler: unknown): void => {
    if (typeof handler !== 'function') return;
    const listeners = this.#listeners.get(String(event)) ?? new Set();
    this.#listeners.set(String(event), listeners.add(handler as Listener));
  };

  off = (event: unknown, handler?: unknown): void => {
    if (handler === undefined) this.#listeners.delete(String(event));
    else this.#listeners.get(String(event))?.delete(handler as Listener);
  };

  /** Only for the mode `none`, as its end. */
  start = (): void => {
    if (this.mode === 'none') this.#started = true;
  };

  stop = (): void => {
    if (this.mode === 'none') this.#started = false;
  };

  /** The first rule that matches, and what is kept by it. */
  match = (event: unknown): Record<string, unknown> => {
    const found = this.#find(factsOf((event ?? {}) as Arguments));
    if (found === undefined) return {};
    const { rule, id } = found;
    const kept = this.parts.kept.get(id);
    if (kept === undefined) return { ruleId: rule.id, cacheId: id };
    const { createTime, maxAge } = kept;
    return { ruleId: rule.id, cacheId: id, createTime, maxAge, data: { ...kept.data, fromCache: true } };
  };

  /** Tells the app that the network became bad, or good again. */
  networkChanged(weak: boolean): void {
    this.#tell(weak ? 'enterWeakNetwork' : 'exitWeakNetwork');
  }

  /** A request of the app: sent, or answered in its place. */
  request(args: Arguments, settle: Settle, send: Send): { abort?: () => void } {
    const facts = factsOf(args);
    const keeping = (result: CallResult) => {
      if (result.ok) this.#keep(facts, result.value);
      settle(result);
    };
    if (this.state === 0) return send(args, keeping);
    const [handler] = this.#listeners.get('request') ?? [];
    if (handler !== undefined) return this.#byHandler(handler, args, facts, settle, send);
    const { data } = this.match(facts);
    if (data === undefined) return send(args, keeping);
    settle(succeed(data as Record<string, unknown>));
    return {};
  }

  /** A call whose answers are kept. */
  call(api: string, settle: Settle, send: (settle: Settle) => void): void {
    if (!this.#calls.has(`wx.${api}`)) {
      send(settle);
      return;
    }
    const kept = this.state === 1 ? this.parts.kept.get(`wx.${api}`) : undefined;
    if (kept !== undefined) settle(succeed({ ...kept.data, fromCache: true }));
    else {
      send((result) => {
        const { maxAge } = this;
        const createTime = this.parts.now();
        if (result.ok)
          this.parts.kept.put(`wx.${api}`, { ruleId: ruleOfCalls, data: result.value, createTime, maxAge });
        settle(result);
      });
    }
  }

  #byHandler(handler: Listener, args: Arguments, facts: RequestFacts, settle: Settle, send: Send) {
    let running: { abort?: () => void } = {};
    const request = (options: { needUpdateCache?: boolean } = {}) =>
      new Promise<unknown>((resolve, reject) => {
        running = send(args, (result) => {
          if (!result.ok) reject(result.failure);
          else {
            if (options.needUpdateCache === true) this.#keep(facts, result.value);
            resolve(result.value);
          }
        });
      });
    const answer = this.parts.reporter.guard('CacheManager request', () => handler({ ...args, ...facts, request }));
    // A handler that says nothing lets the request go its way.
    Promise.resolve(answer instanceof Promise ? answer : request()).then(
      (value) => settle(succeed(typeof value === 'object' && value !== null ? { ...value } : { data: value })),
      (reason: unknown) => settle({ ok: false, failure: failureOf(reason) }),
    );
    return { abort: () => running.abort?.() };
  }

  #find(facts: RequestFacts): { rule: Rule; id: string } | undefined {
    for (const rule of this.#rules) {
      const id = rule.match(facts, this.origin);
      if (id !== undefined) return { rule, id };
    }
    return undefined;
  }

  /** Bytes are not kept, nor what a server says went wrong. */
  #keep(facts: RequestFacts, value: Record<string, unknown>): void {
    const { statusCode, data } = value;
    if (typeof statusCode !== 'number' || statusCode < 200 || statusCode > 299) return;
    if (data instanceof ArrayBuffer || ArrayBuffer.isView(facts.data) || facts.data instanceof ArrayBuffer) return;
    const found = this.#find(facts);
    if (found === undefined) return;
    const maxAge = Math.min(found.rule.maxAge ?? this.maxAge, longestAge);
    this.parts.kept.put(found.id, { ruleId: found.rule.id, data: value, createTime: this.parts.now(), maxAge });
  }

  #tell(event: string): void {
    for (const listener of this.#listeners.get(event) ?? []) this.parts.reporter.guard(event, () => listener());
  }
}

function factsOf({ url, method, data }: Arguments): RequestFacts {
  return { url: String(url), method: typeof method === 'string' ? method.toUpperCase() : 'GET', data };
}

function failureOf(reason: unknown): { errMsg: string } {
  if (typeof reason === 'object' && reason !== null && 'errMsg' in reason) {
    const failure = reason as { errMsg: unknown };
    return { ...failure, errMsg: String(failure.errMsg) };
  }
  return { errMsg: `request:fail ${reason instanceof Error ? reason.message : String(reason)}` };
}
