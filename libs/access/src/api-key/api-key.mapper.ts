import type { ApiKeyDto } from './api-key.dto.js';
import type { ApiKeyRow } from './api-key.repository.js';

export const toApiKeyDto = ({ id, name, permissions, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt }: ApiKeyRow): ApiKeyDto =>
  ({ id, name, permissions, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt });
