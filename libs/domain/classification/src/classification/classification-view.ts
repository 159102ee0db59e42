import { Injectable } from '@nestjs/common';
import { TRI_STATES } from '@roster/contracts';
import { FrameworkCatalogue, type Edition } from '@roster/frameworks';
import type { TenantScope } from '@roster/platform-context';
import { describeGap, type DescribedGap, type Gap, type GapNames } from '../fact/gap.js';
import { isExit, leavesOf, type TreeDocument } from '../tree/classification-tree.js';
import { TreeRegistry } from '../tree/tree-registry.js';
import type { ClassificationDto, ClassificationLineDto, FreezeDto, GapDto, QuestionDto, ReadFactDto } from './classification.dto.js';
import { ClassificationRepository, type ClassificationRow } from './classification.repository.js';
import type { Trace } from './trace.js';

/** What a view is made of: a stored result, or one that was only supposed. */
export type Viewable = Omit<ClassificationRow, 'id' | 'workloadId' | 'number' | 'previousId' | 'traceDigest'> & { readonly id: string | null };

/** Turns results into what people read: texts of the tree, names of domains and requirements, sentences for gaps. */
@Injectable()
export class ClassificationViews {
  constructor(private readonly results: ClassificationRepository, private readonly registry: TreeRegistry, private readonly catalogue: FrameworkCatalogue) {}

  /** @param nextChangeAt as known now; the trace only knows what was known when it was stored */
  async full(scope: TenantScope, row: Viewable, workloadKey: string, nextChangeAt: string | null = row.nextChangeAt?.toISOString() ?? null): Promise<ClassificationDto> {
    const tree = await this.treeOf(scope, row.treeDigest);
    const gap = this.describer(row.edition, workloadKey, tree);
    const { trace } = row;
    return {
      id: row.id, workload: workloadKey, stage: row.stage, hardening: row.hardening, undetermined: row.undetermined, unknownFacts: trace.unknownFacts,
      tree: { id: tree.id, digest: row.treeDigest, title: tree.title }, edition: row.edition,
      questions: tree.questions.map((question) => questionDto(question, tree, row, gap)), path: trace.path,
      gaps: trace.gaps.filter((g) => trace.gapsOf.includes(g.question)).map(gap), freeze: freezeDto(trace, row.frozen, gap),
      decidedAt: row.decidedAt, decidedBy: { type: row.decidedBy.type, id: row.decidedBy.id, name: row.decidedBy.name }, trigger: row.triggers.join(', '), nextChangeAt,
    };
  }

  async lines(scope: TenantScope, rows: readonly ClassificationRow[], workloadKey: string): Promise<ClassificationLineDto[]> {
    const trees = new Map<string, TreeDocument>();
    for (const digest of new Set(rows.map((row) => row.treeDigest))) trees.set(digest, await this.treeOf(scope, digest));
    return rows.map((row) => {
      const tree = trees.get(row.treeDigest);
      if (!tree) throw new Error(`The tree ${row.treeDigest} is not known`);
      const { trace } = row;
      return {
        id: row.id, stage: row.stage, hardening: row.hardening, undetermined: row.undetermined, frozen: row.frozen, tree: { id: tree.id, digest: row.treeDigest, title: tree.title },
        edition: row.edition, trigger: row.triggers.join(', '), facts: factDtos(tree, row, tree.facts.map((fact) => fact.id)), path: trace.path, riskTier: trace.context.riskTier,
        gaps: trace.gaps.filter((g) => trace.gapsOf.includes(g.question)).map(this.describer(row.edition, workloadKey, tree)),
        decidedAt: row.decidedAt, decidedBy: { type: row.decidedBy.type, id: row.decidedBy.id, name: row.decidedBy.name },
      };
    });
  }

  /** A function that describes gaps of one edition and tree for one workload. */
  describer(editionId: string, workloadKey: string, tree: Pick<TreeDocument, 'facts'>): (gap: Gap) => GapDto {
    const names = this.names(editionId, workloadKey, tree);
    return (gap): DescribedGap => describeGap(gap, names);
  }

  /** The tree with this digest: the one in force, or the one that the organization remembers. */
  async treeOf(scope: TenantScope, digest: string): Promise<TreeDocument> {
    const current = this.registry.current();
    if (current.digest === digest) return current;
    const stored = (await this.results.trees(scope, [digest])).get(digest);
    if (!stored) throw new Error(`The tree ${digest} is not known`);
    return stored;
  }

  private names(editionId: string, workloadKey: string, tree: Pick<TreeDocument, 'facts'>): GapNames {
    const edition: Edition | null = this.catalogue.has(editionId) ? this.catalogue.edition(editionId) : null;
    const domains = new Map(edition?.domains.map((domain) => [domain.id, domain.name]) ?? []);
    const requirements = new Map(edition ? this.catalogue.requirementsOf(editionId).map((r) => [r.key, r.title]) : []);
    const facts = new Map(tree.facts.map((fact) => [fact.id, fact.title]));
    return {
      workloadKey, factTitle: (id) => facts.get(id) ?? id,
      // The number is never shown without the name (domain.md section 2, Edition).
      domainName: (id) => (domains.has(id) ? `${id} ${domains.get(id) ?? ''}` : id),
      requirementTitle: (key) => (requirements.has(key) ? `${key} ${requirements.get(key) ?? ''}` : key),
    };
  }
}

function questionDto(question: TreeDocument['questions'][number], tree: TreeDocument, row: Viewable, gap: (gap: Gap) => GapDto): QuestionDto {
  const { trace } = row;
  const branches = TRI_STATES.map((answer) => {
    const step = question[answer];
    return isExit(step) ? { answer, question: null, stage: step.stage, hardening: step.hardening ?? false } : { answer, question: step.question, stage: null, hardening: false };
  });
  return {
    id: question.id, text: question.text, help: question.help ?? null, cite: question.cite ?? null, branches,
    answer: trace.answers.find((a) => a.question === question.id)?.answer ?? 'unknown', onPath: trace.path.some((step) => step.question === question.id),
    facts: factDtos(tree, row, leavesOf(question.condition).map((leaf) => leaf.fact)), gaps: trace.gaps.filter((g) => g.question === question.id).map(gap),
  };
}

/** The facts with these ids in the order of the tree, as they were read. */
function factDtos(tree: TreeDocument, { trace, decidedAt }: Viewable, ids: readonly string[]): ReadFactDto[] {
  const read = new Map(trace.facts.map((fact) => [fact.id, fact]));
  const wanted = new Set(ids);
  return tree.facts.filter((fact) => wanted.has(fact.id)).flatMap(({ id, title }) => {
    const fact = read.get(id);
    if (!fact) return [];
    return [{ ...fact, title, ageSeconds: fact.at === null ? null : Math.max(0, Math.round((decidedAt.getTime() - Date.parse(fact.at)) / 1_000)) }];
  });
}

function freezeDto({ freeze }: Trace, frozen: boolean, gap: (gap: Gap) => GapDto): FreezeDto {
  return { frozen, active: freeze.active, undetermined: freeze.undetermined, because: freeze.because, gaps: freeze.gaps.map(gap), breakGlass: freeze.breakGlass };
}
