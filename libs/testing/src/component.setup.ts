import { afterEach, jest } from '@jest/globals';
import { i18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { cleanup } from '@testing-library/react';

/* What jsdom lacks and Mantine asks for: sizes and media are those of no screen. */
Object.defineProperty(globalThis, 'matchMedia', { value: (query: string) => ({ matches: false, media: query, addEventListener: () => undefined, removeEventListener: () => undefined, addListener: () => undefined, removeListener: () => undefined, onchange: null, dispatchEvent: () => false }) });
class NoObserver {
  observe(): void { /* nothing has a size */ }
  unobserve(): void { /* nothing has a size */ }
  disconnect(): void { /* nothing has a size */ }
}
Object.defineProperty(globalThis, 'ResizeObserver', { value: NoObserver });
Object.defineProperty((globalThis as unknown as { Element: { prototype: object } }).Element.prototype, 'scrollIntoView', { value: jest.fn<() => void>() });
i18n.setMessagesCompiler((message) => compileMessage(message));
i18n.loadAndActivate({ locale: 'en', messages: {} });
afterEach(cleanup);
