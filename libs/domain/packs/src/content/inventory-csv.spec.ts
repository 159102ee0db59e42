import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { csvHeader, csvLines, type InventoryLine } from './inventory-csv.js';

const LINE: InventoryLine = {
  key: 'BOT', name: 'Bot', kind: 'agent', team: null, businessUnit: null, lifecycle: 'active', stage: 'pilot', hardening: true, undetermined: false, frozen: false, riskTier: null, processesRealData: 'unknown',
  handlesPii: 'no', executesTools: 'yes', downstreamChange: 'unknown', riskOwner: null, onCall: null, requiredMet: 0, requiredTotal: 40, edition: 'e', classifiedAt: null, nextReviewDueAt: null, registeredAt: '2026-01-01T00:00:00.000Z', id: 'x',
};

describe('inventory.csv', () => {
  it('is read back by a parser as it was meant', () => {
    const name = 'Line\none, "quoted"; ünïcode';
    const [row] = parse(csvHeader() + csvLines([{ ...LINE, name }]), { bom: true, columns: true }) as Record<string, string>[];
    expect(row).toMatchObject({ key: 'BOT', name, hardening: 'yes', frozen: 'no', team: '', processesRealData: 'unknown', requiredMet: '0' });
    expect(csvHeader().charCodeAt(0)).toBe(0xfeff);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('never lets a spreadsheet run %j', (name) => {
    const [row] = parse(csvHeader() + csvLines([{ ...LINE, name }]), { bom: true, columns: true }) as Record<string, string>[];
    expect(row?.['name']).toBe(`'${name}`);
  });

  it('is empty but for its header without workloads', () => {
    expect(csvLines([])).toBe('');
    expect(parse(csvHeader(), { bom: true })).toHaveLength(1);
  });
});
