/** Class names of a CSS module in component tests: each name is itself. */
export default new Proxy({}, { get: (_target, name) => (typeof name === 'string' ? name : undefined) });
