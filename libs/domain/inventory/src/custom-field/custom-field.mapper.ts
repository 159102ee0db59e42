import type { CustomFieldDto } from './custom-field.dto.js';
import type { CustomFieldRow } from './custom-field.repository.js';

export const toCustomFieldDto = ({ archivedAt, ...row }: CustomFieldRow): CustomFieldDto => ({ ...row, archived: archivedAt !== null });
