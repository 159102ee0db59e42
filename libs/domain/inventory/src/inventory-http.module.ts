import { Module } from '@nestjs/common';
import { CustomFieldController } from './custom-field/custom-field.controller.js';
import { DuplicateController } from './duplicate/duplicate.controller.js';
import { InventoryModule } from './inventory.module.js';
import { OwnerController } from './owner/owner.controller.js';
import { SavedViewController } from './saved-view/saved-view.controller.js';
import { WorkloadExportHttpModule } from './workload-export/workload-export.module.js';
import { WorkloadFacetController } from './workload-facet/workload-facet.controller.js';
import { BulkEditHttpModule } from './workload-bulk-edit/bulk-edit.module.js';
import { WorkloadController } from './workload/workload.controller.js';
import { WorkloadPartController } from './workload/workload-part.controller.js';

/** The inventory over HTTP. */
@Module({ imports: [InventoryModule, BulkEditHttpModule, WorkloadExportHttpModule], controllers: [WorkloadController, WorkloadPartController, OwnerController, CustomFieldController, SavedViewController, WorkloadFacetController, DuplicateController] })
export class InventoryHttpModule {}
