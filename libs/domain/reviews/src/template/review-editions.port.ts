import type { TemplateEdition } from './review-template.js';

/** Where the questions of reviews come from. Bound by the processes to the framework catalogue, which reviews may not depend on. */
export abstract class ReviewEditions {
  /** @throws a problem when there is no such edition */
  abstract edition(id: string): TemplateEdition;
}
