/** Compiles TypeScript with JSX and the words of Lingui for component tests, as the build of apps/web does. */
import { transformAsync } from '@babel/core';
import { createHash } from 'node:crypto';

const OPTIONS = {
  babelrc: false, configFile: false, sourceMaps: 'inline',
  plugins: [['@lingui/babel-plugin-lingui-macro', { descriptorFields: 'message' }]],
  presets: [['@babel/preset-react', { runtime: 'automatic' }], ['@babel/preset-typescript', { onlyRemoveTypeImports: false }]],
};

export default {
  canInstrument: false,
  getCacheKey: (source, path) => createHash('sha256').update(source).update(path).update(JSON.stringify(OPTIONS)).digest('hex'),
  processAsync: async (source, path) => ({ code: (await transformAsync(source, { ...OPTIONS, filename: path })).code }),
};
