import { formatter } from '@lingui/format-po';

/** Messages are written in English in the source; `npm run gen` extracts them. `pseudo` shows what is not translatable, `pseudo-rtl` what does not mirror. */
export default {
  sourceLocale: 'en',
  locales: ['en'],
  rootDir: import.meta.dirname,
  catalogs: [{ path: '<rootDir>/apps/web/src/locales/{locale}', include: ['<rootDir>/apps/web/src', '<rootDir>/libs/ui/src'], exclude: ['**/*.spec.tsx', '**/*.spec.ts', '**/gallery/**'] }],
  format: formatter({ lineNumbers: false }),
};
