import { Injectable } from '@nestjs/common';
import { EditionDirectory } from '@roster/access';
import { FrameworkCatalogue } from './framework-catalogue.js';

/** Tells access which editions an organization may choose. */
@Injectable()
export class CatalogueEditionDirectory extends EditionDirectory {
  constructor(private readonly catalogue: FrameworkCatalogue) {
    super();
  }

  assessableEditions(): readonly string[] {
    return this.catalogue.editions().filter((edition) => edition.assessable).map((edition) => edition.id);
  }

  domainIds(edition: string): readonly string[] {
    return this.catalogue.editions().find((one) => one.id === edition)?.domains.map((domain) => domain.id) ?? [];
  }
}
