import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import { useTypedText } from './use-typed-text.js';

describe('text that is part of the address', () => {
  beforeEach(() => { jest.useFakeTimers(); });
  afterEach(() => { jest.useRealTimers(); });
  const started = (address = '') => {
    const tell = jest.fn<(text: string) => void>();
    const hook = renderHook(({ at }) => useTypedText(at, tell), { initialProps: { at: address } });
    return { tell, shown: () => hook.result.current[0], type: (text: string) => act(() => hook.result.current[1](text)), arrive: (at: string) => hook.rerender({ at }), wait: () => act(() => { jest.advanceTimersByTime(300); }) };
  };

  it('is told once after a pause, however fast somebody types, and never taken back', () => {
    const field = started();
    for (const text of ['s', 'su', 'sup', 'sup ']) field.type(text);
    expect([field.shown(), field.tell.mock.calls.length]).toEqual(['sup ', 0]);
    field.wait();
    expect(field.tell.mock.calls).toEqual([['sup']]);
    expect(field.shown()).toBe('sup ');
  });

  it('keeps what is typed while the address is on its way', () => {
    const field = started();
    field.type('a');
    field.wait();
    field.type('ab');
    field.wait();
    field.type('abc');
    field.arrive('a');
    expect(field.shown()).toBe('abc');
    field.arrive('ab');
    expect(field.shown()).toBe('abc');
  });

  it('shows what changed the address in another way, also back to what was told before', () => {
    const field = started('old');
    expect(field.shown()).toBe('old');
    field.type('new');
    field.wait();
    field.arrive('new');
    field.arrive('old');
    expect(field.shown()).toBe('old');
    field.arrive('new');
    expect(field.shown()).toBe('new');
  });
});
