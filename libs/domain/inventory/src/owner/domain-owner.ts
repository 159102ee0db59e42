import { Injectable, Optional } from '@nestjs/common';
import { EditionDirectory } from '@roster/access';
import { problem } from '@roster/platform-errors';
import { domainSlot, type OwnerPosition, type OwnerSlot } from './owner-slot.js';

/** Slots of framework domains. Which domains an edition has is data of the catalogue, reached through its directory. */
@Injectable()
export class DomainOwners {
  constructor(@Optional() private readonly editions?: EditionDirectory) {}

  /** @throws PLATFORM_REFERENCE_UNKNOWN when the edition has no such domain, or no catalogue is there to tell */
  slot(edition: string, domain: string, position?: OwnerPosition): OwnerSlot {
    const domains = this.editions?.domainIds(edition) ?? [];
    if (!domains.includes(domain)) {
      throw problem('PLATFORM_REFERENCE_UNKNOWN', `There is no domain ${JSON.stringify(domain)} in the edition ${JSON.stringify(edition)}.`, {
        errors: [{ path: 'domain', code: 'unknown_domain', message: domains.length === 0 ? 'there is no edition with this id' : `expected one of ${domains.join(', ')}` }],
      });
    }
    return domainSlot(`${edition}/${domain}`, position);
  }
}
