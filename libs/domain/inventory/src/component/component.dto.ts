import { COMPONENT_TYPES, LOCK_IN_LEVELS, type ComponentType } from '@roster/contracts';
import { ChoiceField, IdField, InstantField, IntegerField, ObjectsField, TextField } from '@roster/platform-http';

const INT_MAX = 2_147_483_647;

export class DeclareComponentDto {
  @ChoiceField(COMPONENT_TYPES, { description: 'Type.' }) type!: ComponentType;
  @TextField({ description: 'Provider.', max: 200, optional: true, nullable: true }) provider?: string | null;
  @TextField({ description: 'Name.', max: 300 }) name!: string;
  @TextField({ description: 'Pinned version.', max: 200, optional: true, nullable: true }) version?: string | null;
  @TextField({ description: 'Where it is hosted. Known for everybody who shares the component.', max: 300, optional: true, nullable: true }) hosting?: string | null;
  @ChoiceField(LOCK_IN_LEVELS, { description: 'How hard it is to replace. Known for everybody who shares the component.', optional: true }) lockIn?: string;
  @TextField({ description: 'Where it is described.', max: 2_000, optional: true, nullable: true }) reference?: string | null;
  @TextField({ description: 'What this workload uses it for.', max: 2_000, optional: true, nullable: true }) usage?: string | null;
}
export class ReplaceComponentsDto {
  @ObjectsField(() => DeclareComponentDto, { description: 'All components of the workload; what is left out is no longer declared.', max: 500 }) components!: DeclareComponentDto[];
}
export class ComponentDto {
  @IdField({ description: 'Id of the shared component.' }) id!: string;
  @ChoiceField(COMPONENT_TYPES, { description: 'Type.' }) type!: ComponentType;
  @TextField({ description: 'Provider.', max: 200, nullable: true }) provider!: string | null;
  @TextField({ description: 'Name.', max: 300 }) name!: string;
  @TextField({ description: 'Pinned version.', max: 200, nullable: true }) version!: string | null;
  @TextField({ description: 'Where it is hosted.', max: 300, nullable: true }) hosting!: string | null;
  @ChoiceField(LOCK_IN_LEVELS, { description: 'How hard it is to replace.' }) lockIn!: string;
  @TextField({ description: 'Where it is described.', max: 2_000, nullable: true }) reference!: string | null;
  @IntegerField({ description: 'How many workloads declare it.', min: 0, max: INT_MAX }) workloads!: number;
}
export class DeclaredComponentDto extends ComponentDto {
  @TextField({ description: 'What this workload uses it for.', max: 2_000, nullable: true }) usage!: string | null;
  @InstantField({ description: 'Since when it is declared.' }) addedAt!: Date;
}
export class DeclaredComponentsDto {
  @ObjectsField(() => DeclaredComponentDto, { description: 'Components of the workload.', max: 500 }) items!: DeclaredComponentDto[];
}
export class ComponentPageDto {
  @ObjectsField(() => ComponentDto, { description: 'Components of the organization.' }) items!: ComponentDto[];
  @TextField({ description: 'Where the next page starts; null on the last one.', nullable: true, max: 2_000 }) nextCursor!: string | null;
  @IntegerField({ description: 'How many there are, with count=true.', optional: true, min: 0, max: INT_MAX }) total?: number;
}
