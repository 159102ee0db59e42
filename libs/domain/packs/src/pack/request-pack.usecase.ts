import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import type { Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { Operations, Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import type { RequestPackDto } from './pack.dto.js';
import { packKey } from './pack-request.js';
import { PackSettings } from './pack-settings.js';
import { PackRepository } from './pack.repository.js';

/** Freezes what was asked for and has it built in the background. */
@Injectable()
export class RequestPackUsecase {
  constructor(
    private readonly access: Access, private readonly settings: PackSettings, private readonly packs: PackRepository, private readonly operations: Operations,
    private readonly trail: Trail, private readonly outbox: Outbox, private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @returns id of the pack
   * @throws PACKS_SCOPE_AMBIGUOUS, PLATFORM_REFERENCE_UNKNOWN for unknown workloads, FRAMEWORKS_EDITION_NOT_FOUND, PACKS_EDITION_NOT_ASSESSABLE,
   *   PLATFORM_REQUEST_INVALID for instants that do not fit together
   */
  request(caller: Caller, asked: RequestPackDto): Promise<{ id: string }> {
    const scope = this.access.authorise(caller, 'packs:pack:build');
    return this.unitOfWork.run(scope, async () => {
      const { request, now } = await this.settings.freeze(scope, asked, await this.packs.organizationName(scope));
      const key = packKey(request);
      const id = await this.operations.create(scope, 'packs.build-pack', 'files');
      const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));
      await this.packs.insert(scope, {
        id, packKey: key, organizationName: request.organizationName, scope: request.scope, periodFrom: instant(request.period.from), periodTo: instant(request.period.to), asOf: new Date(request.asOf),
        edition: request.edition, formats: request.formats, tierPolicy: request.tierPolicy, requestedAt: now,
      });
      const { scope: population, period, asOf, edition, formats } = request;
      await this.trail.record(scope, { action: 'packs.pack.requested', object: { type: 'pack', id }, payload: { packKey: key, scope: population, period, asOf, edition, formats } });
      await this.outbox.enqueue(scope, 'packs.build-pack', { tenantId: scope.tenantId, packId: id });
      return { id };
    });
  }
}
