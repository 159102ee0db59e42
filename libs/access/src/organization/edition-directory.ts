/** Which framework editions an organization can be measured against. A port: the catalogue of frameworks implements it, the app binds it. */
export abstract class EditionDirectory {
  /** Ids of editions that have criteria, such as `psf-1.1`. */
  abstract assessableEditions(): readonly string[];

  /** Ids of the domains of an edition, such as `PSF-1`; empty for an edition that does not exist. */
  abstract domainIds(edition: string): readonly string[];
}
