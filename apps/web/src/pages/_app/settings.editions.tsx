import { createFileRoute } from '@tanstack/react-router';
import { EditionsPage } from '../../settings/editions/editions-page.js';

/** `edition` is the one that is looked at, `crosswalk` the one it is compared with. */
export const Route = createFileRoute('/_app/settings/editions')({ validateSearch: (search: Record<string, unknown>) => search, component: EditionsPage });
