import { CONCENTRATION_DIMENSIONS, type ConcentrationDimension, STAGES, type Stage } from '@roster/contracts';
import { PunctualityRowsDto } from '@roster/reviews';
import { BooleanField, ChoiceField, InstantField, IntegerField, NumberField, ObjectField, ObjectsField, TextField } from '@roster/platform-http';

const COUNT = { min: 0, max: 1_000_000_000 };

export class FunnelStepDto {
  @ChoiceField(STAGES, { description: 'Computed stage; null = not yet classified.', nullable: true }) stage!: Stage | null;
  @BooleanField({ description: 'Pilots that only have to harden.' }) hardening!: boolean;
  @IntegerField({ description: 'How many workloads.', ...COUNT }) count!: number;
  @TextField({ description: 'The list of exactly these workloads.', max: 2_000 }) rows!: string;
}
export class MovementDto {
  @ChoiceField(STAGES, { description: 'Stage before; null = classified for the first time.', nullable: true }) from!: Stage | null;
  @ChoiceField(STAGES, { description: 'Stage after.' }) to!: Stage;
  @IntegerField({ description: 'How many changes in the last 30 days.', ...COUNT }) count!: number;
}
export class FigureDto {
  @IntegerField({ description: 'How many.', ...COUNT }) count!: number;
  @TextField({ description: 'The rows behind the figure; null when they have no list of their own.', max: 2_000, nullable: true }) rows!: string | null;
}
export class ConcentrationDto {
  @ChoiceField(CONCENTRATION_DIMENSIONS, { description: 'What they have in common.' }) dimension!: ConcentrationDimension;
  @TextField({ description: 'Id of the component or member, or the name of the provider or region in lower case.' }) id!: string;
  @TextField({ description: 'Name.' }) name!: string;
  @IntegerField({ description: 'Workloads in production or scaled that lean on it.', ...COUNT }) workloads!: number;
  @TextField({ description: 'The list of exactly these workloads.', max: 4_000 }) rows!: string;
}
export class PortfolioPunctualityDto {
  @IntegerField({ description: 'Reviews due in the last 365 days: onTime + late + notDone + missedPeriods.', ...COUNT }) due!: number;
  @IntegerField({ description: 'Of these, completed by the end of their due day.', ...COUNT }) onTime!: number;
  @IntegerField({ description: 'Completed later.', ...COUNT }) late!: number;
  @IntegerField({ description: 'Open past the due day, or skipped after having fallen due.', ...COUNT }) notDone!: number;
  @IntegerField({ description: 'Periods that passed while an earlier review stayed open.', ...COUNT }) missedPeriods!: number;
  @ObjectField(() => PunctualityRowsDto, { description: 'The list behind each of these figures.' }) rows!: PunctualityRowsDto;
  @NumberField({ description: 'onTime / due, 0 to 1; null when nothing was due.', min: 0, max: 1, nullable: true }) rate!: number | null;
  @NumberField({ description: 'Published reference: fewer than two in five do this consistently.', min: 0, max: 1 }) reference!: number;
  @IntegerField({ description: 'Overdue now.', ...COUNT }) overdue!: number;
  @TextField({ description: 'The list of exactly these reviews.', max: 2_000 }) overdueRows!: string;
}
export class FallDto {
  @TextField({ description: 'Key of the workload.' }) key!: string;
  @TextField({ description: 'Name of the workload.' }) name!: string;
  @InstantField({ description: 'When it falls if nobody does anything.' }) fallsAt!: Date;
  @ChoiceField(STAGES, { description: 'Stage now.' }) from!: Stage;
  @ChoiceField(STAGES, { description: 'Stage after.' }) to!: Stage;
}
export class PortfolioForecastDto {
  @IntegerField({ description: 'Falls within the horizon.', ...COUNT }) count!: number;
  @IntegerField({ description: 'Horizon in days (organization setting).', min: 1, max: 3_650 }) horizonDays!: number;
  @ObjectsField(() => FallDto, { description: 'The next ten; GET /classification/forecast lists them all.' }) next!: FallDto[];
}
export class PortfolioDto {
  @ObjectsField(() => FunnelStepDto, { description: 'Workloads by stage, retired ones left out.' }) funnel!: FunnelStepDto[];
  @ObjectsField(() => MovementDto, { description: 'Changes of stage in the last 30 days.' }) movement!: MovementDto[];
  @ObjectField(() => FigureDto, { description: 'All workloads that are not retired.' }) total!: FigureDto;
  @ObjectField(() => FigureDto, { description: 'Without a risk owner.' }) unowned!: FigureDto;
  @ObjectField(() => FigureDto, { description: 'Lacking a required field.' }) incomplete!: FigureDto;
  @ObjectField(() => FigureDto, { description: 'Scope changes are blocked.' }) frozen!: FigureDto;
  @ObjectField(() => FigureDto, { description: 'Stage reached through an unknown.' }) undetermined!: FigureDto;
  @ObjectField(() => FigureDto, { description: 'Accepted evidence that expires within 30 days.' }) evidenceExpiring!: FigureDto;
  @ObjectsField(() => ConcentrationDto, { description: 'The ten most used of each dimension.' }) concentration!: ConcentrationDto[];
  @ObjectField(() => PortfolioPunctualityDto, { description: 'Reviews done on time.' }) punctuality!: PortfolioPunctualityDto;
  @ObjectField(() => PortfolioForecastDto, { description: 'Decay forecast.' }) forecast!: PortfolioForecastDto;
}
