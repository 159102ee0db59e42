import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiExtraModels, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { ApiListQuery, ApiProblems, CurrentCaller, RequirePermission, readListQuery, sendDownload, toPage } from '@roster/platform-http';
import { EvidenceLinkService } from '../link/evidence-link.service.js';
import { DecideVersionUseCase } from '../review/decide-version.usecase.js';
import { SubmissionForm } from '../submission/submission-form.js';
import { SubmitEvidenceUseCase } from '../submission/submit-evidence.usecase.js';
import { EVIDENCE_LIST, assertEvidenceFilters } from './evidence-list.js';
import { sendPreview } from './evidence-preview.js';
import { asId, asVersion } from './evidence-request.js';
import { AddLinksDto, DecideVersionDto, EvidenceDto, EvidenceLinksDto, EvidencePageDto, SubmitEvidenceDto, SubmitVersionDto, SubmittedEvidenceDto, SubmittedVersionDto } from './evidence.dto.js';
import { toEvidence, toLink, toSummary } from './evidence.mapper.js';
import { EvidenceService } from './evidence.service.js';

const formOf = (type: new () => object) => ({ schema: { allOf: [{ $ref: getSchemaPath(type) }, { type: 'object' as const, properties: { file: { type: 'string' as const, format: 'binary', description: 'The file. Instead of url.' } } }] } });

/** Evidence items, their immutable versions, links and decisions (domain.md section 7). */
@ApiTags('Evidence')
@ApiExtraModels(SubmitEvidenceDto, SubmitVersionDto)
@Controller('evidence')
export class EvidenceController {
  constructor(
    private readonly evidence: EvidenceService, private readonly form: SubmissionForm, private readonly submissions: SubmitEvidenceUseCase,
    private readonly decisions: DecideVersionUseCase, private readonly links: EvidenceLinkService,
  ) {}

  /** Submits evidence: a file with fields, or JSON with an address. */
  @Post()
  @RequirePermission('evidence:item:submit')
  @ApiOperation({ summary: 'Submit evidence', description: 'A form (part "file", the fields, links as JSON text) or JSON with url or with the id of a finished upload. Files are checked before anything is stored: allowed type, agreeing extension, declared type and content, safe archives.' })
  @ApiConsumes('multipart/form-data', 'application/json')
  @ApiBody(formOf(SubmitEvidenceDto))
  @ApiCreatedResponse({ type: SubmittedEvidenceDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_BODY_TOO_LARGE', 'PLATFORM_REFERENCE_UNKNOWN', 'EVIDENCE_FILE_REFUSED', 'EVIDENCE_CRITERION_UNKNOWN', 'EVIDENCE_PERIOD_INVALID', 'EVIDENCE_UPLOAD_NOT_FOUND', 'EVIDENCE_UPLOAD_INCOMPLETE')
  submit(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SubmittedEvidenceDto> {
    return this.form.receive(request, SubmitEvidenceDto, async ({ body, source }) => {
      const { id, version, sha256, status, links } = await this.submissions.submitItem(caller, { kind: body.kind, title: body.title, links: body.links ?? [] }, body, source);
      void reply.header('location', `/api/v1/evidence/${id}`);
      return { id, version, sha256, status, links: links.map((link) => ({ workloadId: link.workloadId, criterion: link.requirementKey === '' ? null : link.requirementKey })) };
    });
  }

  /** Lists evidence. */
  @Get()
  @RequirePermission('evidence:item:read')
  @ApiOperation({ summary: 'List evidence', description: 'filter[submittedBy] takes me or ids of members; filter[awaiting]=my_decision lists versions that somebody else submitted and you may decide, my_link_decision accepted evidence with links that somebody else made; filter[expiresAt][lt]=now+30d what ends within 30 days. q searches title, file name and address.' })
  @ApiListQuery(EVIDENCE_LIST)
  @ApiOkResponse({ type: EvidencePageDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_CURSOR_INVALID', 'PLATFORM_REFERENCE_UNKNOWN', 'EVIDENCE_CRITERION_UNKNOWN')
  async list(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>): Promise<EvidencePageDto> {
    const query = readListQuery(raw, EVIDENCE_LIST);
    assertEvidenceFilters(query);
    const { rows, total, now } = await this.evidence.list(caller, query);
    const sortValue = (row: (typeof rows)[number]): string => (query.sort.field === 'expiresAt' ? row.expiresAt?.toISOString() ?? 'infinity' : (query.sort.field === 'createdAt' ? row.createdAt : row.updatedAt).toISOString());
    return toPage(rows, query, (row) => [sortValue(row), row.id], (row) => toSummary(row, now), total);
  }

  /** One item with versions and links. */
  @Get(':id')
  @RequirePermission('evidence:item:read')
  @ApiOperation({ summary: 'Read evidence' })
  @ApiOkResponse({ type: EvidenceDto })
  @ApiProblems('EVIDENCE_ITEM_NOT_FOUND')
  read(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<EvidenceDto> {
    return this.show(caller, id);
  }

  /** The next version of an item. */
  @Post(':id/versions')
  @RequirePermission('evidence:item:submit')
  @ApiOperation({ summary: 'Submit a new version', description: 'The accepted version stays in force until the new one is accepted.' })
  @ApiConsumes('multipart/form-data', 'application/json')
  @ApiBody(formOf(SubmitVersionDto))
  @ApiCreatedResponse({ type: SubmittedVersionDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'PLATFORM_BODY_TOO_LARGE', 'EVIDENCE_ITEM_NOT_FOUND', 'EVIDENCE_FILE_REFUSED', 'EVIDENCE_PERIOD_INVALID', 'EVIDENCE_UPLOAD_NOT_FOUND', 'EVIDENCE_UPLOAD_INCOMPLETE')
  submitVersion(@CurrentCaller() caller: Caller, @Param('id') text: string, @Req() request: FastifyRequest): Promise<SubmittedVersionDto> {
    const id = this.id(text);
    return this.form.receive(request, SubmitVersionDto, ({ body, source }) => this.submissions.submitVersion(caller, id, body, source));
  }

  /** Accepts or rejects a version. */
  @Post(':id/versions/:version/decision')
  @HttpCode(200)
  @RequirePermission('evidence:version:review')
  @ApiOperation({ summary: 'Accept or reject a version', description: 'By somebody who did not submit it; an API key counts as the member who created it. Accepting confirms the waiting links too, except those the decider made. Final.' })
  @ApiOkResponse({ type: EvidenceDto })
  @ApiProblems('EVIDENCE_VERSION_NOT_FOUND', 'EVIDENCE_SELF_REVIEW', 'EVIDENCE_FILE_QUARANTINED', 'EVIDENCE_STATE_CONFLICT')
  async decide(@CurrentCaller() caller: Caller, @Param('id') text: string, @Param('version') version: string, @Body() body: DecideVersionDto): Promise<EvidenceDto> {
    const id = this.id(text, 'EVIDENCE_VERSION_NOT_FOUND');
    await this.decisions.decide(caller, id, asVersion(version), decisionOf(body));
    return this.show(caller, id);
  }

  /** The bytes of a version. */
  @Get(':id/versions/:version/content')
  @RequirePermission('evidence:item:read')
  @ApiOperation({ summary: 'Download the file of a version', description: 'Always as an attachment that no browser runs.' })
  @ApiOkResponse({ content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } })
  @ApiProblems('EVIDENCE_VERSION_NOT_FOUND', 'EVIDENCE_CONTENT_NOT_FOUND', 'EVIDENCE_FILE_QUARANTINED')
  async content(@CurrentCaller() caller: Caller, @Param('id') text: string, @Param('version') version: string, @Res() reply: FastifyReply): Promise<void> {
    const { stream, ...file } = await this.evidence.content(caller, this.id(text, 'EVIDENCE_VERSION_NOT_FOUND'), asVersion(version));
    await sendDownload(reply, stream, file);
  }

  /** The bytes of a version, to be looked at in a frame. */
  @Get(':id/versions/:version/preview')
  @RequirePermission('evidence:item:read')
  @ApiOperation({ summary: 'Show the file of a version', description: 'PDF, images and text, in a sandbox without origin, script, network or forms, and only inside a page of Roster. Text of any kind is sent as plain text, its first 1,048,576 bytes. Other types can only be downloaded.' })
  @ApiOkResponse({ content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } })
  @ApiProblems('EVIDENCE_VERSION_NOT_FOUND', 'EVIDENCE_CONTENT_NOT_FOUND', 'EVIDENCE_FILE_QUARANTINED', 'EVIDENCE_PREVIEW_UNAVAILABLE')
  async preview(@CurrentCaller() caller: Caller, @Param('id') text: string, @Param('version') version: string, @Res() reply: FastifyReply): Promise<void> {
    const { shownAs, ...content } = await this.evidence.preview(caller, this.id(text, 'EVIDENCE_VERSION_NOT_FOUND'), asVersion(version));
    await sendPreview(reply, content, shownAs);
  }

  /** Links the item to more. */
  @Post(':id/links')
  @RequirePermission('evidence:item:submit')
  @ApiOperation({ summary: 'Link evidence to more workloads or criteria', description: 'Each link counts once somebody other than its maker has accepted it.' })
  @ApiCreatedResponse({ type: EvidenceLinksDto })
  @ApiProblems('EVIDENCE_ITEM_NOT_FOUND', 'PLATFORM_REFERENCE_UNKNOWN', 'EVIDENCE_CRITERION_UNKNOWN', 'EVIDENCE_LINK_EXISTS')
  async link(@CurrentCaller() caller: Caller, @Param('id') id: string, @Body() body: AddLinksDto): Promise<EvidenceLinksDto> {
    return { items: (await this.links.add(caller, this.id(id), body.links)).map(toLink) };
  }

  /** Accepts or rejects a link. */
  @Post(':id/links/:linkId/decision')
  @HttpCode(200)
  @RequirePermission('evidence:version:review')
  @ApiOperation({ summary: 'Accept or reject a link' })
  @ApiOkResponse({ type: EvidenceDto })
  @ApiProblems('EVIDENCE_LINK_NOT_FOUND', 'EVIDENCE_SELF_REVIEW', 'EVIDENCE_STATE_CONFLICT')
  async decideLink(@CurrentCaller() caller: Caller, @Param('id') text: string, @Param('linkId') linkId: string, @Body() body: DecideVersionDto): Promise<EvidenceDto> {
    const id = this.id(text, 'EVIDENCE_LINK_NOT_FOUND');
    const { decision, comment } = decisionOf(body);
    await this.links.decide(caller, id, this.id(linkId, 'EVIDENCE_LINK_NOT_FOUND'), decision, comment);
    return this.show(caller, id);
  }

  /** Takes a link away. */
  @Delete(':id/links/:linkId')
  @HttpCode(204)
  @RequirePermission('evidence:item:submit')
  @ApiOperation({ summary: 'Remove a link', description: 'What it proved is not proven by it any more. The history stays.' })
  @ApiNoContentResponse()
  @ApiProblems('EVIDENCE_LINK_NOT_FOUND')
  unlink(@CurrentCaller() caller: Caller, @Param('id') id: string, @Param('linkId') linkId: string): Promise<void> {
    return this.links.remove(caller, this.id(id, 'EVIDENCE_LINK_NOT_FOUND'), this.id(linkId, 'EVIDENCE_LINK_NOT_FOUND'));
  }

  private id(text: string, code: 'EVIDENCE_ITEM_NOT_FOUND' | 'EVIDENCE_VERSION_NOT_FOUND' | 'EVIDENCE_LINK_NOT_FOUND' = 'EVIDENCE_ITEM_NOT_FOUND'): string {
    return asId(text, code, 'There is no such evidence.');
  }

  private async show(caller: Caller, id: string): Promise<EvidenceDto> {
    const { now, ...detail } = await this.evidence.read(caller, this.id(id));
    return toEvidence(detail, now);
  }
}

function decisionOf(body: DecideVersionDto): { decision: 'accepted' | 'rejected'; comment: string | null } {
  const decision = body.decision.startsWith('accept') ? 'accepted' : 'rejected';
  if (decision === 'rejected' && !body.comment) throw problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors: [{ path: 'comment', code: 'required', message: 'is required: say why it is rejected' }] });
  return { decision, comment: body.comment ?? null };
}
