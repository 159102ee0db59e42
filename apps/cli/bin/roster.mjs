#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
const builder = new URL('../../../tools/build.mjs', import.meta.url);
// In a clone the first call compiles; a package holds the build and no builder.
if (!existsSync(main) && existsSync(builder)) await (await import(builder.href)).build();
await import(main.href);
