import type { OrganizationDto } from './organization.dto.js';
import type { OrganizationRow } from './organization.repository.js';
import { fromStoredSettings } from './stored-settings.js';

export const toOrganizationDto = (row: OrganizationRow): OrganizationDto =>
  ({ id: row.id, name: row.name, ...fromStoredSettings(row), demo: row.demo, createdAt: row.createdAt, version: row.version });
