/**
 * Compiled templates as the package carries them (docs/architecture/package-layout.md): `G` is the list of template
 * groups, `R` that of WXS modules, both shared by the whole app.
 */
import type { template } from 'glass-easel';
import type { TemplateHooks } from './template-engine';

/** What `template/_runtime.js` returns; the letters are glass-easel's. */
interface TemplateRuntime {
  X: unknown;
  Y: unknown;
  Z: unknown;
  P: unknown;
  Q: Record<string, unknown>;
  D?: unknown;
}

type TemplateFactory = (
  groups: Record<string, template.ProcGenGroup>,
  scripts: Record<string, unknown>,
  X: unknown,
  Y: unknown,
  Z: unknown,
  P: unknown,
  Q: unknown,
  D: unknown,
) => void;

export class Templates {
  private readonly groups: Record<string, template.ProcGenGroup> = Object.create(null);
  private readonly scripts: Record<string, unknown> = Object.create(null);
  private runtime: TemplateRuntime | undefined;

  constructor(private readonly hooks: TemplateHooks) {}

  /** Called by `template/_runtime.js`, before any template. */
  setRuntime(make: () => TemplateRuntime): void {
    if (this.runtime !== undefined) return;
    this.runtime = make();
    // Templates with WXS set these on every run; they must be the hooks that every other template has.
    this.runtime.Q.A = this.hooks.changeProperty;
    this.runtime.Q.C = this.hooks.eventListener;
    this.runtime.P = guardedCalls(this.hooks.callFailed);
  }

  /** Called by each template and WXS file. */
  define(path: string, factory: TemplateFactory): void {
    const runtime = this.runtime;
    if (runtime === undefined) throw new Error(`template "${path}" came before template/_runtime.js`);
    const { X, Y, Z, P, Q, D } = runtime;
    factory(this.groups, this.scripts, X, Y, Z, P, Q, D);
  }

  has(path: string): boolean {
    return this.groups[path] !== undefined;
  }

  of(path: string): template.ComponentTemplate | undefined {
    const content = this.groups[path];
    // `bindtap` without a colon is compiled like any attribute; this flag makes it a listener on built-in elements too.
    return content === undefined ? undefined : { groupList: this.groups, content, fallbackListenerOnNativeNode: true };
  }
}

type Call = (...values: unknown[]) => unknown;

/**
 * What a template calls. A function that fails leaves its expression empty, and the page is drawn: the original host
 * tells the console of it. That is also how a method of a list or a text fares there (`{{names.join()}}`): expressions
 * call functions without an object.
 */
function guardedCalls(failed: (error: unknown) => void): (value: unknown) => Call {
  const nothing: Call = () => undefined;
  const guarded = new WeakMap<object, Call>();
  return (value) => {
    if (typeof value !== 'function') return nothing;
    const known = guarded.get(value);
    if (known !== undefined) return known;
    const call: Call = (...values) => {
      try {
        return Reflect.apply(value, undefined, values);
      } catch (error) {
        failed(error);
        return undefined;
      }
    };
    guarded.set(value, call);
    return call;
  };
}
