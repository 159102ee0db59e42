import { describe, expect, it } from '@jest/globals';
import { layoutRelations, NODE_HEIGHT, type GraphRelation } from './relation-layout.js';

const relation = (type: GraphRelation['type'], direction: GraphRelation['direction'], workload: string): GraphRelation => ({ type, direction, workload, name: `Name of ${workload}` });
const RELATIONS = [relation('calls', 'incoming', 'PORTAL'), relation('calls', 'outgoing', 'SEARCH'), relation('feeds', 'outgoing', 'SEARCH'), relation('shares_component', 'incoming', 'TWIN'), relation('replaces', 'outgoing', 'OLD-BOT')];

describe('the layout of relations', () => {
  it('puts what points here before, what is pointed at after, sharing after, and joins relations with one workload', () => {
    const { neighbours } = layoutRelations(RELATIONS, 900);
    expect(neighbours.map(({ workload, side, types }) => [workload, side, types])).toEqual([
      ['PORTAL', 'before', ['calls']], ['OLD-BOT', 'after', ['replaces']], ['SEARCH', 'after', ['calls', 'feeds']], ['TWIN', 'after', ['shares_component']],
    ]);
  });

  it.each([320, 390, 639, 640, 900, 1_600])('keeps every node inside and none on another at %i px', (width) => {
    const { neighbours, node, center, height } = layoutRelations(RELATIONS, width);
    const boxes = [...neighbours, { ...center }].map(({ x, y }) => ({ x, y }));
    for (const { x, y } of boxes) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + node.width).toBeLessThanOrEqual(width);
      expect(y + NODE_HEIGHT).toBeLessThanOrEqual(height);
    }
    const overlaps = boxes.flatMap((one, index) => boxes.slice(index + 1).filter((other) => Math.abs(one.x - other.x) < node.width && Math.abs(one.y - other.y) < NODE_HEIGHT));
    expect(overlaps).toEqual([]);
  });
});
