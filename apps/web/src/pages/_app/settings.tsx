import { createFileRoute } from '@tanstack/react-router';
import { SettingsLayout } from '../../settings/settings-layout.js';

export const Route = createFileRoute('/_app/settings')({ component: SettingsLayout });
