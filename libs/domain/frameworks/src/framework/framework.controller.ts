import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, RequirePermission } from '@roster/platform-http';
import { FrameworkCatalogue } from '../catalogue/framework-catalogue.js';
import { CrosswalkDto, EditionDto, FrameworksDto } from './framework.dto.js';
import { toCrosswalk, toEdition, toFrameworks } from './framework.mapper.js';

/** Framework editions are catalogue data, the same for every organization. */
@ApiTags('Frameworks')
@Controller('frameworks')
export class FrameworkController {
  constructor(private readonly catalogue: FrameworkCatalogue) {}

  /** Every edition, and what crosswalks point to. */
  @Get()
  @RequirePermission('frameworks:edition:read')
  @ApiOperation({ summary: 'List framework editions', description: 'Editions are versioned data: the same id inside two editions can mean two things. Move between editions through a crosswalk only.' })
  @ApiOkResponse({ type: FrameworksDto })
  list(): FrameworksDto {
    return toFrameworks(this.catalogue);
  }

  /** One edition with domains, criteria and requirements. */
  @Get(':edition')
  @RequirePermission('frameworks:edition:read')
  @ApiOperation({ summary: 'Read a framework edition', description: 'Criteria whose wording was never seen at its source carry wordingVerified = false.' })
  @ApiOkResponse({ type: EditionDto })
  @ApiProblems('FRAMEWORKS_EDITION_NOT_FOUND')
  read(@Param('edition') id: string): EditionDto {
    return toEdition(this.catalogue.edition(id), this.catalogue.requirementsOf(id));
  }

  /** Rows that map one edition to another edition, standard or law. */
  @Get(':from/crosswalk/:to')
  @RequirePermission('frameworks:edition:read')
  @ApiOperation({ summary: 'Read a crosswalk', description: 'Works in both directions. Standards and laws appear by id and short title only.' })
  @ApiOkResponse({ type: CrosswalkDto })
  @ApiProblems('FRAMEWORKS_CROSSWALK_NOT_FOUND')
  crosswalk(@Param('from') from: string, @Param('to') to: string): CrosswalkDto {
    return toCrosswalk(this.catalogue.crosswalk(from, to), this.catalogue);
  }
}
