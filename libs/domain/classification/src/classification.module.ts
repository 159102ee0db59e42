import { Global, Module } from '@nestjs/common';
import { FreezeGaps } from '@roster/inventory';
import { ClassificationLedger } from './classification/classification-ledger.js';
import { ClassificationQuery } from './classification/classification-query.js';
import { ClassificationRepository } from './classification/classification.repository.js';
import { ClassificationService } from './classification/classification.service.js';
import { ClassificationViews } from './classification/classification-view.js';
import { EvaluateWorkloadsUsecase } from './classification/evaluate-workloads.usecase.js';
import { EvaluationInputLoader } from './classification/evaluation-input.loader.js';
import { EvaluationPolicies } from './classification/evaluation-policy.js';
import { Freshness } from './classification/freshness.js';
import { PortfolioLinkRepository } from './classification/portfolio-link.repository.js';
import { ForecastRepository } from './forecast/forecast.repository.js';
import { ForecastService } from './forecast/forecast.service.js';
import { BreakGlassLedger } from './freeze/break-glass-ledger.js';
import { BreakGlassRepository } from './freeze/break-glass.repository.js';
import { BreakGlassUsecase } from './freeze/break-glass.usecase.js';
import { CurrentFreeze } from './freeze/current-freeze.js';
import { GateService } from './gate/gate.service.js';
import { VerdictSigner } from './gate/verdict-signer.js';
import { ImpactOperations } from './impact-preview/impact-operations.js';
import { ImpactPreviewRepository } from './impact-preview/impact-preview.repository.js';
import { ImpactPreviewService } from './impact-preview/impact-preview.service.js';
import { PreviewImpactUsecase } from './impact-preview/preview-impact.usecase.js';
import { ScopeChangeLedger } from './scope-change/scope-change-ledger.js';
import { ScopeChangeRepository } from './scope-change/scope-change.repository.js';
import { ScopeChangeService } from './scope-change/scope-change.service.js';
import { FullEvaluation } from './sweep/full-evaluation.js';
import { ReevaluationService } from './sweep/reevaluation.service.js';
import { TreeRegistry } from './tree/tree-registry.js';
import { WhatIfService } from './what-if/what-if.service.js';

/**
 * Classification, freeze, gate and forecast: core. Needs a provider of `ReviewSchedulePort`, `ReviewImpactPort` and `ConcentrationReviewPort`,
 * which the reviews library is.
 */
@Global()
@Module({
  providers: [
    { provide: TreeRegistry, useFactory: () => new TreeRegistry() },
    EvaluationPolicies, EvaluationInputLoader, EvaluateWorkloadsUsecase, ClassificationRepository, ClassificationLedger, ClassificationViews, ClassificationService,
    ClassificationQuery, Freshness, PortfolioLinkRepository, ForecastRepository, ForecastService, BreakGlassRepository, BreakGlassLedger, BreakGlassUsecase, GateService,
    VerdictSigner, ScopeChangeRepository, ScopeChangeLedger, ScopeChangeService, FullEvaluation, ReevaluationService, ImpactOperations, PreviewImpactUsecase, ImpactPreviewRepository,
    ImpactPreviewService, WhatIfService, CurrentFreeze, { provide: FreezeGaps, useExisting: CurrentFreeze },
  ],
  exports: [
    FreezeGaps,
    TreeRegistry, EvaluationPolicies, EvaluateWorkloadsUsecase, ClassificationService, ClassificationQuery, ForecastRepository, ForecastService, BreakGlassUsecase, GateService,
    VerdictSigner, ScopeChangeService, FullEvaluation, ReevaluationService, PreviewImpactUsecase, ImpactPreviewRepository, ImpactPreviewService, WhatIfService,
  ],
})
export class ClassificationModule {}
