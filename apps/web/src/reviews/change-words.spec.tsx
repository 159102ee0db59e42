import { describe, expect, it } from '@jest/globals';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { FormatProvider } from '@roster/ui';
import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { useChangeWords } from './change-words.js';

i18n.loadAndActivate({ locale: 'en', messages: {} });
const wrapper = ({ children }: { children: ReactNode }) => <I18nProvider i18n={i18n}><FormatProvider locale="en-GB" timeZone="Europe/Berlin" now={new Date('2026-06-30T07:00:00Z')}>{children}</FormatProvider></I18nProvider>;

describe('a change of the record', () => {
  it.each([
    ['drill', 'kill_switch', null, 'passed in 181 s', 'Drill: Kill switch, Passed in 3 mins 1 sec'],
    ['fact', 'handlesPii', 'unknown', 'yes', 'Fact: Personal data, Unknown → Yes'],
    ['stage', 'stage', 'pilot', 'production', 'Stage: Stage, Pilot → Production'],
    ['stage', 'hardening', 'false', 'true', 'Stage: Hardening, No → Yes'],
    ['tier', 'riskTier', 'high', null, 'Risk tier: Risk tier, High → nothing'],
    ['workload', 'dataClasses', '[]', '["internal", "restricted"]', 'Workload: Data classes, None → Internal, Restricted'],
    ['workload', 'usersAffected', null, '["none"]', 'Workload: Users affected, Nobody'],
    ['workload', 'custom', '{}', '{"cost": 1200, "bureau": "Post"}', 'Workload: Fields of your organization, None → cost: 1200, bureau: Post'],
    ['workload', 'name', 'yes', '[draft] Assistant', 'Workload: Name, yes → [draft] Assistant'],
    ['workload', 'withdrawnAt', null, '2026-04-01T10:00:00Z', 'Workload: Withdrawn, 1 Apr 2026, 12:00 Europe/Berlin'],
    ['owner', 'on_call (deputy)', 'proposed', 'accepted: Grace Hopper', 'Owner: On call, deputy, Asked → Accepted: Grace Hopper'],
    ['owner', 'domain_owner psf-1.1/PSF-3', null, 'proposed', 'Owner: Domain PSF-3, Asked'],
    ['owner', 'domain_owner psf-1.1/PSF-3 (deputy)', 'proposed', 'declined', 'Owner: Domain PSF-3, deputy, Asked → Declined'],
    ['component', 'mcp_server Ticket desk 2.1', 'present', 'removed', 'Component: MCP server Ticket desk 2.1, removed'],
    ['evidence', 'Model card v2', null, 'submitted', 'Evidence: Model card v2, Submitted'],
    ['evidence', 'Model card v2', null, 'expired', 'Evidence: Model card v2, Expired'],
  ] as const)('is said in words: %s %s, %s, %s', (area, subject, from, to, line) => {
    expect(renderHook(() => useChangeWords(), { wrapper }).result.current({ area, subject, from, to }).line).toBe(line);
  });
});
