import { AsyncLocalStorage } from 'node:async_hooks';
import { constants, createContext, runInContext } from 'node:vm';
import { ModuleMocker } from 'jest-mock';
import { installCommonGlobals } from 'jest-util';

/** One class for both sides: what Node hands out (a Buffer of a file, say) must be an instance of what a test names. */
const SHARED = ['Buffer', 'ArrayBuffer', 'Uint8Array'];

/**
 * A storage that has run looks at every promise of the process until it is disabled, and each test file makes storages of its own, since Jest loads
 * the sources anew for it. A million awaits take 0.1 s of processor time without a storage and 12 s with a hundred, and what the storages hold is
 * never given back. So those of a file are disabled after it.
 */
const storages = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...given) {
  storages.add(this);
  return run.apply(this, given);
};

/**
 * The environment of Jest for Node, with a global object of the engine's own instead of an intercepted one: naming `Uint8Array` or `Math` takes
 * nanoseconds and not a fifth of a microsecond, which is most of what property tests do. Otherwise as jest-environment-node, which cannot be
 * extended for this: its constructor makes the intercepted object and ties everything to it. There are no fake timers: time is given to what
 * needs it (`FakeClock`).
 */
export default class NodeEnvironment {
  constructor({ projectConfig }) {
    this.context = createContext(constants.DONT_CONTEXTIFY);
    this.global = runInContext('globalThis', this.context);
    const own = new Set(Object.getOwnPropertyNames(this.global));
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(globalThis))) {
      if (!own.has(name)) Object.defineProperty(this.global, name, 'value' in descriptor ? descriptor : this.#late(name, descriptor.enumerable));
    }
    for (const name of SHARED) this.global[name] = globalThis[name];
    this.global.global = this.global;
    installCommonGlobals(this.global, projectConfig.globals, 'off');
    this.global.Error.stackTraceLimit = 100;
    this.moduleMocker = new ModuleMocker(this.global);
    this.fakeTimers = this.fakeTimersModern = null;
    this.conditions = projectConfig.testEnvironmentOptions.customExportConditions;
  }

  /** Node makes some globals when they are first named; so does this. */
  #late(name, enumerable) {
    const define = (value) => { Object.defineProperty(this.global, name, { configurable: true, enumerable, writable: true, value }); };
    return { configurable: true, enumerable, set: define, get: () => { define(globalThis[name]); return globalThis[name]; } };
  }

  async setup() {}

  async teardown() {
    for (const storage of storages) storage.disable();
    storages.clear();
    this.context = this.global = this.moduleMocker = null;
  }

  exportConditions() { return this.conditions; }

  getVmContext() { return this.context; }
}
