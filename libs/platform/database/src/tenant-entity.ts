import { PrimaryColumn } from 'typeorm';

/** Base of every tenant table's entity: the composite primary key (architecture.md section 4). */
export abstract class TenantEntity {
  @PrimaryColumn('uuid', { name: 'tenant_id' }) tenantId!: string;
  @PrimaryColumn('uuid') id!: string;
}
