import { bodyOf, type Schemas } from '@roster/api-client';
import type { ReviewPolicy, Thresholds, TierPolicy } from '@roster/contracts';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.js';

export type Member = Schemas['MemberDto'];
export type Invitation = Schemas['InvitationDto'];
export type ApiKey = Schemas['ApiKeyDto'];
export type CustomField = Schemas['CustomFieldDto'];
export type Roles = Schemas['RolesDto'];
export type Role = Member['role'];

/** The settings of the organization with the shapes that the policies have. */
export interface Organization extends Omit<Schemas['OrganizationDto'], 'tierPolicy' | 'reviewPolicy' | 'thresholds'> {
  readonly tierPolicy: TierPolicy;
  readonly reviewPolicy: ReviewPolicy;
  readonly thresholds: Thresholds;
}

/** ETag of a version, as the service writes it. */
export const etagOf = (version: number): string => `"v${version}"`;

const asOrganization = (dto: Schemas['OrganizationDto']): Organization => dto as unknown as Organization;

export const organizationQuery = queryOptions({ queryKey: ['settings', 'organization'], queryFn: async ({ signal }): Promise<Organization> => asOrganization(await bodyOf(api.GET('/api/v1/organization', { signal }))) });

/** Changes settings on the version they were read at. @throws RosterProblem 412 when somebody else changed them meanwhile */
export const changeOrganization = async (version: number, change: Schemas['UpdateOrganizationDto']): Promise<Organization> =>
  asOrganization(await bodyOf(api.PATCH('/api/v1/organization', { body: change, headers: { 'If-Match': etagOf(version) } })));

export const rolesQuery = queryOptions({ queryKey: ['settings', 'roles'], staleTime: Infinity, queryFn: ({ signal }): Promise<Roles> => bodyOf(api.GET('/api/v1/roles', { signal })) });
export const frameworksQuery = queryOptions({ queryKey: ['settings', 'frameworks'], staleTime: Infinity, queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/frameworks', { signal })) });
export const editionQuery = (edition: string) => queryOptions({ queryKey: ['settings', 'edition', edition], staleTime: Infinity, queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/frameworks/{edition}', { params: { path: { edition } }, signal })) });
export const crosswalkQuery = (from: string, to: string) => queryOptions({ queryKey: ['settings', 'crosswalk', from, to], staleTime: Infinity, queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/frameworks/{from}/crosswalk/{to}', { params: { path: { from, to } }, signal })) });
export const preferenceQuery = queryOptions({ queryKey: ['settings', 'notification-preference'], queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/notification-preference', { signal })) });
