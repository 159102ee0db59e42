import { COVERAGE_STATUSES, RISK_TIERS, STAGES, TRI_STATES } from '@roster/contracts';
import { CoverageMark, Digest, KeyHint, MeaningBadge, Person, ReviewStateMark, RiskTierMark, StageBadge, TriStateMark, type Meaning, type ReviewStanding } from '@roster/ui';
import type { ReactNode } from 'react';
import type { Story } from './gallery.js';

const row = (...children: ReactNode[]) => <div style={{ display: 'flex', flexWrap: 'wrap', gap: 10, alignItems: 'center' }}>{children.map((child, index) => <span key={index}>{child}</span>)}</div>;
const REVIEWS: readonly ReviewStanding[] = ['not_set', 'scheduled', 'due_soon', 'due', 'in_progress', 'awaiting_sign_off', 'completed', 'overdue', 'skipped'];
const MEANINGS: readonly Meaning[] = ['met', 'attention', 'broken', 'information', 'unknown', 'neutral'];

export const stories: readonly Story[] = [
  { name: 'Stages', render: () => row(...STAGES.map((stage) => <StageBadge stage={stage} />), <StageBadge stage="pilot" hardening />, <StageBadge stage="pilot" undetermined />, <StageBadge stage="pilot" frozen />, <StageBadge stage={null} />) },
  { name: 'Stages, large', render: () => row(...STAGES.map((stage) => <StageBadge stage={stage} size="lg" />), <StageBadge stage="pilot" hardening frozen size="lg" />) },
  { name: 'Facts', render: () => row(...TRI_STATES.map((value) => <TriStateMark value={value} />), <TriStateMark value="yes" good="yes" />, <TriStateMark value="no" good="yes" />) },
  { name: 'Coverage', render: () => row(...COVERAGE_STATUSES.map((status) => <CoverageMark status={status} />)) },
  { name: 'Reviews', render: () => row(...REVIEWS.map((state) => <ReviewStateMark state={state} />)) },
  { name: 'Risk tiers', render: () => row(...RISK_TIERS.map((tier) => <RiskTierMark tier={tier} />), <RiskTierMark tier={null} />) },
  { name: 'Meanings', render: () => row(...MEANINGS.map((meaning) => <MeaningBadge meaning={meaning}>{meaning}</MeaningBadge>)) },
  { name: 'People, digests, keys', render: () => row(<Person name="Ada Lovelace" />, <Person name="Alan Turing" status="deactivated" />, <Person name={null} />, <Digest value="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" />, <KeyHint keys={['mod', 'K']} />) },
];
