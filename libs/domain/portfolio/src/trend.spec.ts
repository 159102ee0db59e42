import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { STAGES, type Stage } from '@roster/contracts';
import { noStages, walkBack, type StageWeek } from './trend.js';

describe('the trend', () => {
  it('goes back through what changed', () => {
    const points = walkBack({
      stages: { experiment: 2, pilot: 3, production: 1, scaled: 0 }, overdue: 4,
      stageChanges: [{ week: 1, from: 'pilot', to: 'production', count: 1 }, { week: 2, from: null, to: 'experiment', count: 2 }, { week: 2, from: 'production', to: null, count: 5 }],
      becameOverdue: [{ week: 1, count: 3 }], endedOverdue: [{ week: 1, count: 1 }, { week: 2, count: 2 }],
    }, 2);
    expect(points).toEqual([
      { weeksAgo: 2, stages: { experiment: 0, pilot: 4, production: 5, scaled: 0 }, overdue: 4 },
      { weeksAgo: 1, stages: { experiment: 2, pilot: 4, production: 0, scaled: 0 }, overdue: 2 },
      { weeksAgo: 0, stages: { experiment: 2, pilot: 3, production: 1, scaled: 0 }, overdue: 4 },
    ]);
  });

  it('finds what a forward walk would have shown, whatever happened', () => {
    const stage = fc.constantFrom<Stage | null>(...STAGES, null);
    const changes = fc.array(fc.record({ week: fc.integer({ min: 1, max: 8 }), from: stage, to: stage, count: fc.integer({ min: 0, max: 9 }) }), { maxLength: 20 });
    fc.assert(fc.property(changes, (stageChanges: StageWeek[]) => {
      const then = noStages();
      for (const name of STAGES) then[name] = 1_000;
      const forward = [{ ...then }];
      for (let week = 8; week >= 1; week -= 1) {
        for (const change of stageChanges.filter((one) => one.week === week)) {
          if (change.from !== null) then[change.from] -= change.count;
          if (change.to !== null) then[change.to] += change.count;
        }
        forward.push({ ...then });
      }
      expect(walkBack({ stages: then, overdue: 0, stageChanges, becameOverdue: [], endedOverdue: [] }, 8).map(({ stages }) => stages)).toEqual(forward);
    }));
  });
});
