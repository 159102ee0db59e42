import { AsyncLocalStorage } from 'node:async_hooks';
import { constants, createContext, runInContext } from 'node:vm';
import { LegacyFakeTimers, ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';
import { installCommonGlobals } from 'jest-util';

/** One class for both sides: what Node hands out (a Buffer of a file, say) must be an instance of what a test names. */
const SHARED = ['Buffer', 'ArrayBuffer', 'Uint8Array'];
const timerConfig = { idToRef: (id) => ({ id, ref() { return this; }, unref() { return this; } }), refToId: (timer) => timer?.id };

/**
 * A storage that has run keeps an eye on every promise of the process until it is disabled, and Jest makes one per test file: by the hundredth
 * file each promise costs a hundred looks, and no file's memory is ever given back. Those of a file are disabled after it.
 */
const storages = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...given) {
  storages.add(this);
  return run.apply(this, given);
};

/**
 * The environment of Jest for Node, with a global object of the engine's own instead of an intercepted one: naming `Uint8Array` or `Math` takes
 * nanoseconds and not a fifth of a microsecond, which is most of what property tests do. Otherwise as jest-environment-node.
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
    this.fakeTimers = new LegacyFakeTimers({ config: projectConfig, global: this.global, moduleMocker: this.moduleMocker, timerConfig });
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: this.global });
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
    this.fakeTimers?.dispose();
    this.fakeTimersModern?.dispose();
    this.context = this.global = this.moduleMocker = this.fakeTimers = this.fakeTimersModern = null;
  }

  exportConditions() { return this.conditions; }

  getVmContext() { return this.context; }
}
