export * from './access.js';
export * from './access.module.js';
export * from './access-http.module.js';
export * from './organization/organization-settings.js';
export { editSettings, isEndlessRule, isTimeZone, type SettingsEdit } from './organization/settings-edit.js';
export { OrganizationQuery, type MemberView } from './organization/organization.query.js';
export * from './role/role.js';
export { SESSION_COOKIE } from './session/session-cookie.js';
