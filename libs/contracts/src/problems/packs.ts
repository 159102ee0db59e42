import type { ProblemTable } from './problem-table.js';

export const packsProblems = {
  PACKS_PACK_NOT_FOUND: { status: 404, title: 'There is no such pack' },
  PACKS_PACK_NOT_READY: { status: 409, title: 'The pack is not built yet' },
  PACKS_PACK_FAILED: { status: 409, title: 'The pack could not be built' },
  PACKS_SCOPE_AMBIGUOUS: { status: 422, title: 'The scope of the pack is not clear' },
  PACKS_EDITION_NOT_ASSESSABLE: { status: 422, title: 'Coverage cannot be computed over this edition' },
  PACKS_EVIDENCE_DAMAGED: { status: 500, title: 'Stored evidence is damaged' },
} as const satisfies ProblemTable;
