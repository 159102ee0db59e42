import { BooleanField, ChoiceField, IdField, InstantField, IntegerField, ObjectField, ObjectsField, TextField } from '@roster/platform-http';
import { MAX_QUERY } from './view-query.js';

export const DENSITIES = ['compact', 'roomy'] as const;
const COLUMN = { max: 80, pattern: /^[A-Za-z][A-Za-z0-9_.]*$/, patternHint: 'expected the name of a field, or custom.<key>' };

export class ViewColumnDto {
  @TextField({ description: 'Field of a workload, or custom.<key>.', ...COLUMN }) id!: string;
  @IntegerField({ description: 'Width in CSS pixels; null = as wide as usual.', min: 40, max: 1_200, nullable: true, optional: true }) width?: number | null;
  @BooleanField({ description: 'Stays in sight when the table scrolls sideways.', optional: true }) pinned?: boolean;
}

export class CreateSavedViewDto {
  @TextField({ description: 'Name.', max: 100 }) name!: string;
  @TextField({ description: 'What it is for.', max: 1_000, optional: true, nullable: true }) description?: string | null;
  @TextField({ description: 'Query string of GET /workloads: filters and q, such as filter[stage]=pilot&q=claims. Empty = all.', min: 0, max: MAX_QUERY }) query!: string;
  @TextField({ description: 'Order, as in GET /workloads; default -updatedAt.', max: 60, optional: true }) sort?: string;
  @ObjectsField(() => ViewColumnDto, { description: 'Columns in order; empty = the usual ones.', max: 100, optional: true }) columns?: ViewColumnDto[];
  @ChoiceField(DENSITIES, { description: 'Height of rows.', optional: true }) density?: (typeof DENSITIES)[number];
  @BooleanField({ description: 'Everybody in the organization sees it; needs inventory:view:share.', optional: true }) shared?: boolean;
}

/** Only the fields that are sent change. */
export class UpdateSavedViewDto {
  @TextField({ description: 'Name.', max: 100, optional: true }) name?: string;
  @TextField({ description: 'What it is for.', max: 1_000, optional: true, nullable: true }) description?: string | null;
  @TextField({ description: 'Query string of GET /workloads: filters and q.', min: 0, max: MAX_QUERY, optional: true }) query?: string;
  @TextField({ description: 'Order, as in GET /workloads.', max: 60, optional: true }) sort?: string;
  @ObjectsField(() => ViewColumnDto, { description: 'Columns in order; empty = the usual ones.', max: 100, optional: true }) columns?: ViewColumnDto[];
  @ChoiceField(DENSITIES, { description: 'Height of rows.', optional: true }) density?: (typeof DENSITIES)[number];
  @BooleanField({ description: 'Share it, or make it personal again, which only its maker can; both need inventory:view:share.', optional: true }) shared?: boolean;
}

export class ViewOwnerDto {
  @IdField({ description: 'Member.' }) id!: string;
  @TextField({ description: 'Name.', max: 200 }) name!: string;
}

export class SavedViewDto {
  @TextField({ description: 'Id; of a built-in view its name.', max: 60 }) id!: string;
  @TextField({ description: 'Name.', max: 100 }) name!: string;
  @TextField({ description: 'What it is for.', max: 1_000, nullable: true }) description!: string | null;
  @ChoiceField(['built_in', 'personal', 'shared'], { description: 'Where it comes from and who sees it.' }) kind!: 'built_in' | 'personal' | 'shared';
  @ObjectField(() => ViewOwnerDto, { description: 'Who made it; null for a built-in one.', nullable: true }) owner!: ViewOwnerDto | null;
  @TextField({ description: 'Query string of GET /workloads, of an export and of a selection.', min: 0, max: MAX_QUERY }) query!: string;
  @TextField({ description: 'Order.', max: 60 }) sort!: string;
  @ObjectsField(() => ViewColumnDto, { description: 'Columns in order; empty = the usual ones.', max: 100 }) columns!: ViewColumnDto[];
  @ChoiceField(DENSITIES, { description: 'Height of rows.' }) density!: string;
  @TextField({ description: 'The list it shows.', max: 5_000 }) href!: string;
  @BooleanField({ description: 'Whether you may change and delete it.' }) mayChange!: boolean;
  @IntegerField({ description: 'Version, as in the ETag; null for a built-in view.', min: 1, max: 2_147_483_647, nullable: true }) version!: number | null;
  @InstantField({ description: 'When it was made; null for a built-in view.', nullable: true }) createdAt!: Date | null;
  @InstantField({ description: 'When it was last changed; null for a built-in view.', nullable: true }) updatedAt!: Date | null;
}

export class SavedViewsDto {
  @ObjectsField(() => SavedViewDto, { description: 'Built-in views, your own, then shared ones; all there are.', max: 1_000 }) items!: SavedViewDto[];
}
