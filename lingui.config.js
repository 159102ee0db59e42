/** Messages are written in English in the source and travel with the code; what the macros of Lingui need to know. */
export default { sourceLocale: 'en', locales: ['en'], rootDir: import.meta.dirname };
