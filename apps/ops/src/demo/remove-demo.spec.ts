import { describe, expect, it } from '@jest/globals';
import { deletionOrder } from './remove-demo.js';

describe('deletionOrder', () => {
  it('puts children before parents, also over several steps, and knows self-references', () => {
    const order = deletionOrder([
      { name: 'a', references: [] }, { name: 'b', references: ['a', 'b'] }, { name: 'c', references: ['b', 'a'] }, { name: 'alone', references: [] },
    ]);
    expect(order).toHaveLength(4);
    expect(order.indexOf('c')).toBeLessThan(order.indexOf('b'));
    expect(order.indexOf('b')).toBeLessThan(order.indexOf('a'));
  });
  it('refuses a circle', () => {
    expect(() => deletionOrder([{ name: 'a', references: ['b'] }, { name: 'b', references: ['a'] }])).toThrow('in a circle');
  });
});
