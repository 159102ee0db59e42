import type { ReviewPolicy, Thresholds, TierPolicy } from '@roster/contracts';
import { BooleanField, IdField, InstantField, IntegerField, JsonField, TextField } from '@roster/platform-http';

export class OrganizationDto {
  @IdField({ description: 'Id of the organization.' }) id!: string;
  @TextField({ description: 'Name.', max: 200 }) name!: string;
  @TextField({ description: 'IANA time zone in which reviews fall due.', max: 64 }) timeZone!: string;
  @TextField({ description: 'Framework edition it is measured against.', max: 64 }) edition!: string;
  @JsonField({ description: 'Required sets and kill-switch validity per risk tier.' }) tierPolicy!: TierPolicy;
  @JsonField({ description: 'Cadence, reminders and sign-off of reviews.' }) reviewPolicy!: ReviewPolicy;
  @JsonField({ description: 'Figures the organization may tune.' }) thresholds!: Thresholds;
  @BooleanField({ description: 'Whether this is the synthetic demo organization.' }) demo!: boolean;
  @InstantField({ description: 'When it was created.' }) createdAt!: Date;
  @IntegerField({ description: 'Version, as in the ETag.', min: 1, max: 2_147_483_647 }) version!: number;
}

export class UpdateOrganizationDto {
  @TextField({ description: 'New name.', max: 200, optional: true }) name?: string;
  @TextField({ description: 'IANA time zone.', max: 64, optional: true }) timeZone?: string;
  @TextField({ description: 'Framework edition. Preview the impact first.', max: 64, optional: true }) edition?: string;
  @JsonField({ description: 'Part of the tier policy to change; the rest stays.', optional: true }) tierPolicy?: Record<string, unknown>;
  @JsonField({ description: 'Part of the review policy to change; the rest stays. Lists are replaced.', optional: true }) reviewPolicy?: Record<string, unknown>;
  @JsonField({ description: 'Thresholds to change; the rest stays. Lists are replaced.', optional: true }) thresholds?: Record<string, unknown>;
}
