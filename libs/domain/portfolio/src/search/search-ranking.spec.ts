import { describe, expect, it } from '@jest/globals';
import type { WorkloadHitDto } from './search.dto.js';
import { rankWorkloads } from './search-ranking.js';

const hit = (key: string, name: string, lifecycle = 'active'): WorkloadHitDto =>
  ({ id: key, key, name, team: null, stage: null, hardening: false, undetermined: false, frozen: false, riskTier: null, lifecycle });

describe('ranking of workloads', () => {
  it('puts the key first, then beginnings, then parts, then what only the purpose says; the retired last among equals', () => {
    const hits = [hit('Z-9', 'Claims reader'), hit('OTHER', 'Reader of claims'), hit('CLAIMS-2', 'Triage'), hit('CLAIMS', 'Old', 'retired'), hit('A-1', 'Claims bot', 'retired'), hit('P-1', 'Payments')];
    expect(rankWorkloads(hits, 'claims').map(({ key }) => key)).toEqual(['CLAIMS', 'CLAIMS-2', 'Z-9', 'A-1', 'OTHER', 'P-1']);
  });
});
