import { BooleanField, IntegerField, ObjectsField, TextField } from '@roster/platform-http';
import { MAX_COUNTED, MAX_FACETS, MAX_VALUES } from './workload-facet.js';

export class FacetValueDto {
  @TextField({ description: 'Value, as the filter takes it; null = not set.', max: 200, nullable: true }) value!: string | null;
  @TextField({ description: 'How it is written: a team as somebody typed it, the name of a member.', max: 200, nullable: true }) label!: string | null;
  @IntegerField({ description: 'How many workloads.', min: 0, max: MAX_COUNTED }) count!: number;
  @TextField({ description: 'The filter that shows exactly these.', max: 600 }) filter!: string;
}

export class WorkloadFacetDto {
  @TextField({ description: 'Field, as the filter names it.', max: 80 }) field!: string;
  @BooleanField({ description: 'Whether the request filters by this field. Its own filter is left out here, so that the other values can be chosen.' }) filtered!: boolean;
  @ObjectsField(() => FacetValueDto, { description: 'Most frequent first.', max: MAX_VALUES }) values!: FacetValueDto[];
  @BooleanField({ description: 'Whether there are more values than shown.' }) more!: boolean;
  @IntegerField({ description: 'How many workloads were counted.', min: 0, max: MAX_COUNTED }) counted!: number;
  @BooleanField({ description: `Whether there are more workloads than were counted (${MAX_COUNTED}): each count is then a lower bound.` }) capped!: boolean;
}

export class WorkloadFacetsDto {
  @ObjectsField(() => WorkloadFacetDto, { description: 'In the order asked for.', max: MAX_FACETS }) facets!: WorkloadFacetDto[];
}
