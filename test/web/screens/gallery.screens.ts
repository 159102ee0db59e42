import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Screen } from '../screen.js';

const STORIES = '.stories.tsx';
const subjects = readdirSync(join(import.meta.dirname, '../../../apps/web/src/gallery')).filter((file) => file.endsWith(STORIES)).map((file) => file.slice(0, -STORIES.length)).sort();

/** The components of libs/ui in all their states, subject by subject. */
export const screens: readonly Screen[] = subjects.map((subject) => ({ name: `gallery-${subject}`, path: `/gallery?subject=${subject}`, who: 'stranger', ready: (page) => page.getByRole('heading', { level: 2 }).first().waitFor() }));
