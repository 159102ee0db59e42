import { Global, Module } from '@nestjs/common';
import { FrameworkCatalogue } from './catalogue/framework-catalogue.js';

/** The core of frameworks: the catalogue, read and checked once per process. Global, because every area reads it. */
@Global()
@Module({ providers: [{ provide: FrameworkCatalogue, useFactory: () => FrameworkCatalogue.load() }], exports: [FrameworkCatalogue] })
export class FrameworksModule {}
