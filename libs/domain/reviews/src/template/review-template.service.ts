import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { Clock, newId, type TenantScope } from '@roster/platform-context';
import { ReviewEditions } from './review-editions.port.js';
import { ReviewTemplateRepository, type ReviewTemplateRow } from './review-template.repository.js';
import { templateDigest, templateFrom } from './review-template.js';

/** The questions of reviews. */
@Injectable()
export class ReviewTemplateService {
  constructor(
    private readonly templates: ReviewTemplateRepository, private readonly editions: ReviewEditions, private readonly organizations: OrganizationQuery, private readonly clock: Clock,
  ) {}

  /** The current template of the organization's edition, made from the edition on first use. Needs an open transaction. */
  async current(scope: TenantScope): Promise<ReviewTemplateRow> {
    const { edition } = await this.organizations.settings(scope);
    const newest = await this.templates.newest(scope, edition);
    if (newest) return newest;
    const content = templateFrom(this.editions.edition(edition));
    const now = this.clock.now();
    return this.templates.add(scope, { id: newId(now), edition, digest: templateDigest(content), content }, now);
  }

  /** @throws Error when the template a review refers to is gone, which the database rules out */
  async require(scope: TenantScope, id: string): Promise<ReviewTemplateRow> {
    const found = await this.templates.find(scope, id);
    if (!found) throw new Error(`There is no review template ${id}`);
    return found;
  }
}
