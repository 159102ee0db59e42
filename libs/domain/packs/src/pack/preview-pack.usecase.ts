import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import type { Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { TrailSlices } from '@roster/trail';
import { PackSourceRepository } from '../content/pack-source.repository.js';
import type { PackPreviewDto, RequestPackDto } from './pack.dto.js';
import { PackSettings } from './pack-settings.js';
import { PackRepository } from './pack.repository.js';

/** At most so many trail entries are counted, so that the cost is bounded; beyond, the answer says so. */
const MAX_COUNTED = 100_000;

/** Says what a pack would hold before it is built, by the same rules and in one snapshot. Nothing is stored. */
@Injectable()
export class PreviewPackUsecase {
  constructor(
    private readonly access: Access, private readonly settings: PackSettings, private readonly packs: PackRepository, private readonly source: PackSourceRepository, private readonly trail: TrailSlices,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws the same problems as asking for the pack: see {@link RequestPackUsecase} */
  preview(caller: Caller, asked: RequestPackDto): Promise<PackPreviewDto> {
    const scope = this.access.authorise(caller, 'packs:pack:build');
    return this.unitOfWork.run(scope, async () => {
      const { request } = await this.settings.freeze(scope, asked, await this.packs.organizationName(scope));
      const asOf = new Date(request.asOf);
      const from = request.period.from === null ? null : new Date(request.period.from);
      const to = request.period.to === null ? asOf : new Date(request.period.to);
      const left = await this.source.countExclusions(scope, request.scope, asOf);
      const evidence = await this.source.evidence(scope, request.scope, asOf);
      // Of all that ever happened the tree knows the number.
      const whole = request.scope.kind === 'all' && asked.asOf === undefined && from === null && request.period.to === null;
      const entries = whole ? await this.trail.size(scope) : await this.source.trailEntries(scope, request.scope, from, to, asOf, MAX_COUNTED);
      return {
        asOf, edition: request.edition, formats: request.formats, workloads: await this.source.countWorkloads(scope, request.scope, asOf),
        evidenceFiles: evidence.files, evidenceBytes: evidence.bytes, trailEntries: whole ? entries : Math.min(entries, MAX_COUNTED), trailEntriesCapped: !whole && entries > MAX_COUNTED,
        leftOut: {
          withdrawn: left.withdrawn, merged: left.merged, registeredLater: left.registered_later, outsideFilter: left.outside_filter,
          addresses: evidence.addresses, quarantined: evidence.quarantined, refused: evidence.refused,
        },
      };
    }, 'REPEATABLE READ');
  }
}
