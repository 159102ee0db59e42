import { Global, Module } from '@nestjs/common';
import { EditionDirectory } from '@roster/access';
import { CatalogueEditionDirectory } from './catalogue/catalogue-edition-directory.js';
import { FrameworkCatalogue } from './catalogue/framework-catalogue.js';

/** The core of frameworks: the catalogue, read and checked once per process. Global, because every area reads it. */
@Global()
@Module({
  providers: [{ provide: FrameworkCatalogue, useFactory: () => FrameworkCatalogue.load() }, { provide: EditionDirectory, useClass: CatalogueEditionDirectory }],
  exports: [FrameworkCatalogue, EditionDirectory],
})
export class FrameworksModule {}
