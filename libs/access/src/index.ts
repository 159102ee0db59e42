export * from './organization/organization-settings.js';
export { editSettings, isEndlessRule, isTimeZone, type SettingsEdit } from './organization/settings-edit.js';
export * from './role/role.js';
