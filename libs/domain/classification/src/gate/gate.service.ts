import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { WorkloadLookup } from '@roster/inventory';
import { Clock, type Caller, type TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import type { ClassificationRow } from '../classification/classification.repository.js';
import { ClassificationService } from '../classification/classification.service.js';
import { ClassificationViews } from '../classification/classification-view.js';
import { decideGate, GATE_SUBJECTS, parseGateSubject, type GateDecision, type GateSubject } from './gate.js';
import type { GateDto } from './gate.dto.js';
import { VerdictSigner } from './verdict-signer.js';

/** Answers pipelines (domain.md sections 1, 5 and 6): yes or no, with reasons, never from an outdated result. */
@Injectable()
export class GateService {
  constructor(
    private readonly access: Access, private readonly workloads: WorkloadLookup, private readonly classifications: ClassificationService,
    private readonly views: ClassificationViews, private readonly signer: VerdictSigner, private readonly clock: Clock,
  ) {}

  /** @throws CLASSIFICATION_GATE_UNKNOWN naming every gate, INVENTORY_WORKLOAD_NOT_FOUND, CLASSIFICATION_RESULT_NOT_FOUND */
  async ask(caller: Caller, key: string, question: string | undefined): Promise<GateDto> {
    const scope = this.access.authorise(caller, 'classification:result:read');
    const subject = parseGateSubject(question ?? '');
    if (!subject) {
      throw problem('CLASSIFICATION_GATE_UNKNOWN', 'Say what the gate is asked for.', { errors: [{ path: 'for', code: 'not_one_of', message: `expected one of ${GATE_SUBJECTS.join(', ')}` }] });
    }
    const workload = await this.workloads.require(scope, key);
    const row = await this.classifications.freshRow(scope, workload);
    const decision = this.decide(subject, row, workload.lifecycle === 'retired');
    const tree = await this.views.treeOf(scope, row.treeDigest);
    const describe = this.views.describer(row.edition, workload.key, tree);
    return {
      verdict: decision.verdict, workload: workload.key, for: question ?? '', reasons: decision.reasons, gaps: decision.gaps.map(describe),
      stage: row.stage, hardening: row.hardening, undetermined: row.undetermined, unknownFacts: row.trace.unknownFacts, frozen: row.frozen,
      classification: row.id, tree: { id: tree.id, digest: row.treeDigest, title: tree.title }, edition: row.edition, decidedAt: row.decidedAt, answeredAt: this.clock.now(),
    };
  }

  /** The same, signed: a compact JWS whose payload is the verdict with issuer, organization and expiry. */
  async askSigned(caller: Caller, key: string, question: string | undefined): Promise<string> {
    const verdict = await this.ask(caller, key, question);
    return this.signer.sign({ organization: caller.tenantId, sub: verdict.workload, ...verdict }, verdict.answeredAt);
  }

  /** The decision on a scope change, from a fresh result that stays so until the transaction ends. */
  async decideScopeChange(scope: TenantScope, workload: { readonly id: string; readonly key: string; readonly lifecycle: string }, subject: GateSubject): Promise<{ decision: GateDecision; row: ClassificationRow }> {
    const row = await this.classifications.freshRow(scope, workload, true);
    return { decision: this.decide(subject, row, workload.lifecycle === 'retired'), row };
  }

  private decide(subject: GateSubject, row: ClassificationRow, retired: boolean): GateDecision {
    const { freeze, unknownFacts, gaps, gapsOf, context } = row.trace;
    return decideGate(subject, {
      stage: row.stage, hardening: row.hardening, undetermined: row.undetermined, unknownFacts, gaps: gaps.filter((gap) => gapsOf.includes(gap.question)),
      lifecycle: retired ? 'retired' : context.lifecycle, freeze, breakGlass: freeze.breakGlass,
    });
  }
}
