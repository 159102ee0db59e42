import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { ReviewTemplateContent } from './review-template.js';

export interface ReviewTemplateRow {
  readonly id: string;
  readonly edition: string;
  readonly number: number;
  readonly digest: string;
  readonly content: ReviewTemplateContent;
  readonly createdAt: Date;
}

const COLUMNS = `id, edition, number, digest, content, created_at AS "createdAt"`;

/** SQL of `review_template`. */
@Injectable()
export class ReviewTemplateRepository extends TenantRepository {
  find(scope: TenantScope, id: string): Promise<ReviewTemplateRow | null> {
    return this.row(scope, `SELECT ${COLUMNS} FROM review_template WHERE tenant_id = $1 AND id = $2`, [scope.tenantId, id]);
  }

  /** The newest template for an edition; null when there is none yet. */
  newest(scope: TenantScope, edition: string): Promise<ReviewTemplateRow | null> {
    return this.row(scope, `SELECT ${COLUMNS} FROM review_template WHERE tenant_id = $1 AND edition = $2 ORDER BY number DESC LIMIT 1`, [scope.tenantId, edition]);
  }

  /** Adds a version; when the same content exists already, that one is the answer. */
  async add(scope: TenantScope, row: { id: string; edition: string; digest: string; content: ReviewTemplateContent }, at: Date): Promise<ReviewTemplateRow> {
    await this.execute(scope,
      `INSERT INTO review_template (tenant_id, id, edition, number, digest, content, created_at)
       SELECT $1, $2, $3, coalesce(max(t.number), 0) + 1, $4, $5::jsonb, $6 FROM review_template t WHERE t.tenant_id = $1 AND t.edition = $3
       ON CONFLICT DO NOTHING`,
      [scope.tenantId, row.id, row.edition, row.digest, JSON.stringify(row.content), at]);
    const found = await this.row<ReviewTemplateRow>(scope, `SELECT ${COLUMNS} FROM review_template WHERE tenant_id = $1 AND edition = $2 AND digest = $3`, [scope.tenantId, row.edition, row.digest]);
    if (!found) throw new Error('The template was written by somebody else at the same time; the unit of work has to run again');
    return found;
  }
}
