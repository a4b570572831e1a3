/**
 * `RegExp.$1` and its like, which the worker's engine tells and this one lacks: the date formatter that most mini apps
 * copied from one another reads them.
 */

/** The names of each, as the engine of the worker has them. */
const contexts: Record<string, (match: RegExpExecArray) => string> = {
  'lastMatch $&': (match) => match[0],
  'lastParen $+': (match) => match.slice(1).at(-1) ?? '',
  'leftContext $`': (match) => match.input.slice(0, match.index),
  "rightContext $'": (match) => match.input.slice(match.index + match[0].length),
  'input $_': (match) => match.input,
};

export function installLastMatch(): void {
  const { apply } = Reflect;
  const { exec: search } = RegExp.prototype;
  let last: RegExpExecArray | undefined;
  // Every method that searches goes by this one.
  const exec = function (this: RegExp, text: string): RegExpExecArray | null {
    const match = apply(search, this, [text]) as RegExpExecArray | null;
    if (match !== null) last = match;
    return match;
  };
  Object.defineProperty(exec, 'name', { value: 'exec' });
  Object.defineProperty(RegExp.prototype, 'exec', { value: exec, writable: true, configurable: true });

  const tell = (name: string, of: (match: RegExpExecArray) => string | undefined) => {
    const get = () => (last === undefined ? '' : (of(last) ?? ''));
    Object.defineProperty(RegExp, name, { get, set: () => {}, configurable: true });
  };
  for (let group = 1; group <= 9; group += 1) tell(`$${group}`, (match) => match[group]);
  for (const [names, of] of Object.entries(contexts)) for (const name of names.split(' ')) tell(name, of);
}
