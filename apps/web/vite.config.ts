import babel from '@rolldown/plugin-babel';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { chunkGroups } from './build/chunks.js';
import { routeFiles } from './build/route-files.js';

const root = fileURLToPath(new URL('.', import.meta.url));
const workspace = fileURLToPath(new URL('../..', import.meta.url));
const proxied = process.env.ROSTER_API ?? 'http://localhost:3000';

export default defineConfig({
  root,
  cacheDir: `${workspace}node_modules/.cache/vite`,
  resolve: { conditions: ['roster:source', 'module', 'browser', 'development|production'] },
  css: { postcss: `${workspace}postcss.config.mjs` },
  plugins: [
    tanstackRouter({ target: 'react', autoCodeSplitting: true, codeSplittingOptions: { defaultBehavior: [['loader', 'component', 'pendingComponent', 'errorComponent', 'notFoundComponent']] }, routesDirectory: `${root}src/pages`, generatedRouteTree: `${root}src/route-tree.gen.ts`, quoteStyle: 'single', semicolons: true }),
    // Words first, while they are still JSX. Messages stay in the bundle: English needs no catalogue.
    babel({ presets: [{ preset: { plugins: [['@lingui/babel-plugin-lingui-macro', { descriptorFields: 'message' }]] }, rolldown: { filter: { code: /from ['"]@lingui\/(core|react)\/macro['"]/ } } }] }),
    react(),
    routeFiles(`${root}src/pages`),
  ],
  // The API replaces the placeholder by a fresh nonce per answer.
  html: { cspNonce: '{{nonce}}' },
  build: {
    outDir: `${root}dist`, emptyOutDir: true, target: 'es2023', cssCodeSplit: true, sourcemap: true, manifest: 'manifest.json', assetsInlineLimit: 0, reportCompressedSize: false, chunkSizeWarningLimit: 2_000,
    rolldownOptions: { output: { codeSplitting: { groups: chunkGroups } } },
  },
  server: {
    host: '127.0.0.1', port: 5173, strictPort: true,
    proxy: { '/api': { target: proxied, changeOrigin: false } },
    fs: { allow: [workspace] },
  },
});
