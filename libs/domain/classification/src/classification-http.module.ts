import { Module } from '@nestjs/common';
import { ClassificationController } from './classification/classification.controller.js';
import { ClassificationModule } from './classification.module.js';
import { ForecastController } from './forecast/forecast.controller.js';
import { GateController } from './gate/gate.controller.js';
import { ImpactPreviewController } from './impact-preview/impact-preview.controller.js';
import { ScopeChangeController } from './scope-change/scope-change.controller.js';
import { ReevaluationController } from './sweep/reevaluation.controller.js';

/** Classification: HTTP. */
@Module({
  imports: [ClassificationModule],
  controllers: [ClassificationController, GateController, ScopeChangeController, ForecastController, ReevaluationController, ImpactPreviewController],
})
export class ClassificationHttpModule {}
