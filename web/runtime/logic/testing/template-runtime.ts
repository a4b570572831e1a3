/** The helpers that compiled templates are called with, written for the tests after what the compiler's do. */
export const templateRuntime = `__mezze__.templateRuntime(function () {
  const modules = {};
  const load = (name) => {
    const module = modules[name];
    if (!module.run) return module.exports;
    const run = module.run;
    module.run = undefined;
    run(load, module.exports, module);
    return module.exports;
  };
  return {
    X: (value) => value ?? Object.create(null),
    Y: (value) => (value === null || value === undefined ? '' : String(value)),
    Z: (tree, name) => (tree === true ? true : tree ? tree[name] : undefined),
    P: (value) => (typeof value === 'function' ? value : () => {}),
    Q: { A: (value) => value, B: (value) => value },
    D: (name, run) => {
      modules[name] = { exports: {}, run };
      return () => load(name);
    },
  };
});
`;
