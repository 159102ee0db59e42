import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { ApiListQuery, ApiProblems, CurrentCaller, readAsOf, readInstant, readListQuery, RequirePermission, sendEntityTag, type ListSpec, type Page } from '@roster/platform-http';
import type { FastifyReply } from 'fastify';
import { PunctualityService } from '../punctuality/punctuality.service.js';
import { ConductReview } from './conduct-review.usecase.js';
import { RequestReview } from './request-review.usecase.js';
import { ReviewListService } from './review-list.service.js';
import { PunctualityDto, PunctualityTrendDto, RequestReviewDto, RescheduleReviewDto, ReviewDetailDto, ReviewDto, ReviewPageDto, SignOffReviewDto, SkipReviewDto, SubmitReviewDto } from './review.dto.js';
import { SubmitReview } from './submit-review.usecase.js';
import { toReviewDetailDto, toReviewDto, toSubmission } from './review.mapper.js';
import { ReviewService, type ReviewDetail } from './review.service.js';

const LIST: ListSpec = { filters: ['status', 'workload', 'overdue', 'kind', 'deadLetter', 'owner', 'signOffBy', 'punctuality', 'missedPeriods', 'dueFrom', 'dueBefore'], sorts: ['dueAt', 'updatedAt'], asOf: true };

/** Months of the longest trend. */
const LONGEST_TREND = 36;

/** Post-deploy governance reviews (domain.md section 8). */
@ApiTags('Reviews')
@Controller('reviews')
export class ReviewController {
  constructor(
    private readonly reviews: ReviewService, private readonly lists: ReviewListService, private readonly figures: PunctualityService, private readonly conduct: ConductReview, private readonly submission: SubmitReview,
    private readonly requests: RequestReview,
  ) {}

  @Get()
  @RequirePermission('reviews:review:read')
  @ApiOperation({ summary: 'List reviews', description: 'Earliest due first. filter[workload] takes a key or id; filter[overdue]=true and filter[deadLetter]=true narrow down. filter[owner] takes me or the id of the risk owner; '
    + 'filter[signOffBy]=me gives those that wait for a second person who is not you; filter[punctuality]=on_time, late or not_done gives those that count so (completed by the end of the due day, completed later, open past it or skipped after having fallen due), '
    + 'filter[missedPeriods]=true those during which periods of their series passed; filter[dueFrom] (at or after) and filter[dueBefore] take instants.' })
  @ApiListQuery(LIST)
  @ApiOkResponse({ type: ReviewPageDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND')
  async list(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>): Promise<Page<ReviewDto>> {
    const page = await this.lists.list(caller, readListQuery(raw, LIST));
    return { ...page, items: page.items.map(({ review, now }) => toReviewDto(review, now)) };
  }

  @Get('punctuality')
  @RequirePermission('reviews:review:read')
  @ApiOperation({ summary: 'Read the punctuality of reviews', description: 'Over reviews due in the period: completed by the end of their due day, out of all that were due.' })
  @ApiQuery({ name: 'from', required: false, type: String, description: 'RFC 3339 instant; a year before `to` when left out.' })
  @ApiQuery({ name: 'to', required: false, type: String, description: 'RFC 3339 instant; now when left out.' })
  @ApiOkResponse({ type: PunctualityDto })
  async punctuality(@CurrentCaller() caller: Caller, @Query('from') from?: string, @Query('to') to?: string): Promise<PunctualityDto> {
    const summary = await this.figures.summary(caller, instant('from', from), instant('to', to));
    return { from: summary.from, to: summary.to, ...summary.figures, rows: summary.rows, published: summary.published, open: summary.open };
  }

  @Get('punctuality/trend')
  @RequirePermission('reviews:review:read')
  @ApiOperation({ summary: 'Read the punctuality of reviews month by month', description: 'Reviews count in the month in which they fell due, in the time zone of the organization.' })
  @ApiQuery({ name: 'months', required: false, schema: { type: 'integer', minimum: 1, maximum: LONGEST_TREND, default: 12 }, description: 'How many months, the current one included.' })
  @ApiOkResponse({ type: PunctualityTrendDto })
  async trend(@CurrentCaller() caller: Caller, @Query('months') months?: string): Promise<PunctualityTrendDto> {
    const trend = await this.figures.trend(caller, monthCount(months));
    return { timeZone: trend.timeZone, published: trend.published, months: trend.months.map(({ month, figures, rows }) => ({ month, ...figures, rows })) };
  }

  @Get(':id')
  @RequirePermission('reviews:review:read')
  @ApiOperation({ summary: 'Read one review', description: 'With its questions, and with what changed since the last review.' })
  @ApiQuery({ name: 'asOf', required: false, type: String, description: 'RFC 3339 instant: as it was known then.' })
  @ApiOkResponse({ type: ReviewDetailDto })
  @ApiProblems('REVIEWS_REVIEW_NOT_FOUND')
  async find(@CurrentCaller() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply, @Query('asOf') asOf?: string): Promise<ReviewDetailDto> {
    return send(reply, await this.reviews.detail(caller, id, readAsOf(asOf)));
  }

  @Post()
  @RequirePermission('reviews:review:conduct')
  @ApiOperation({ summary: 'Ask for a review out of cycle', description: 'A workload has at most one open review out of cycle.' })
  @ApiCreatedResponse({ type: ReviewDetailDto })
  @ApiProblems('INVENTORY_WORKLOAD_NOT_FOUND', 'REVIEWS_REVIEW_ALREADY_OPEN', 'REVIEWS_REVIEW_DATE_INVALID', 'REVIEWS_REVIEW_STATE_CONFLICT')
  async request(@CurrentCaller() caller: Caller, @Body() body: RequestReviewDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReviewDetailDto> {
    return send(reply, await this.requests.request(caller, body.workload, body.reason, body.dueAt === undefined ? null : new Date(body.dueAt)));
  }

  @Post(':id/start')
  @HttpCode(200)
  @RequirePermission('reviews:review:conduct')
  @ApiOperation({ summary: 'Start a review', description: 'Also before it is due. The answer has the questions.' })
  @ApiOkResponse({ type: ReviewDetailDto })
  @ApiProblems('REVIEWS_REVIEW_NOT_FOUND', 'REVIEWS_REVIEW_STATE_CONFLICT')
  async start(@CurrentCaller() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReviewDetailDto> {
    return send(reply, await this.conduct.start(caller, id));
  }

  @Post(':id/submit')
  @HttpCode(200)
  @RequirePermission('reviews:review:conduct')
  @ApiOperation({ summary: 'Submit a review', description: 'Names at least one thing that changed, or affirms the digest of an empty record. Completes the review, unless its risk tier needs a second person.' })
  @ApiOkResponse({ type: ReviewDetailDto })
  @ApiProblems('REVIEWS_REVIEW_NOT_FOUND', 'REVIEWS_REVIEW_STATE_CONFLICT', 'REVIEWS_ANSWERS_INVALID', 'REVIEWS_STATEMENT_INVALID', 'PLATFORM_REFERENCE_UNKNOWN')
  async submit(@CurrentCaller() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Body() body: SubmitReviewDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReviewDetailDto> {
    return send(reply, await this.submission.submit(caller, id, toSubmission(body)));
  }

  @Post(':id/sign-off')
  @HttpCode(200)
  @RequirePermission('reviews:review:sign-off')
  @ApiOperation({ summary: 'Sign a review off, or return it', description: 'By somebody who neither started nor submitted it.' })
  @ApiOkResponse({ type: ReviewDetailDto })
  @ApiProblems('REVIEWS_REVIEW_NOT_FOUND', 'REVIEWS_REVIEW_STATE_CONFLICT', 'REVIEWS_REVIEW_SAME_PERSON')
  async signOff(@CurrentCaller() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Body() body: SignOffReviewDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReviewDetailDto> {
    if (body.decision !== 'return') return send(reply, await this.submission.signOff(caller, id, body.comment ?? null));
    if (body.comment === undefined) throw problem('PLATFORM_REQUEST_INVALID', 'A review is returned with a comment. Nothing was changed.', { errors: [{ path: 'comment', code: 'required', message: 'say what is missing' }] });
    return send(reply, await this.submission.giveBack(caller, id, body.comment));
  }

  @Post(':id/skip')
  @HttpCode(200)
  @RequirePermission('reviews:review:skip')
  @ApiOperation({ summary: 'Skip a review', description: 'The caller is recorded as the one who approved it. In tiers that need a second person, whoever owes the review cannot skip it.' })
  @ApiOkResponse({ type: ReviewDetailDto })
  @ApiProblems('REVIEWS_REVIEW_NOT_FOUND', 'REVIEWS_REVIEW_STATE_CONFLICT', 'REVIEWS_REVIEW_SAME_PERSON')
  async skip(@CurrentCaller() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Body() body: SkipReviewDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReviewDetailDto> {
    return send(reply, await this.conduct.skip(caller, id, body.reason));
  }

  @Post(':id/reschedule')
  @HttpCode(200)
  @RequirePermission('reviews:review:conduct')
  @ApiOperation({ summary: 'Move a review that is not due yet', description: 'It stays before the next regular review of the series.' })
  @ApiOkResponse({ type: ReviewDetailDto })
  @ApiProblems('REVIEWS_REVIEW_NOT_FOUND', 'REVIEWS_REVIEW_STATE_CONFLICT', 'REVIEWS_REVIEW_DATE_INVALID')
  async reschedule(@CurrentCaller() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Body() body: RescheduleReviewDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReviewDetailDto> {
    return send(reply, await this.conduct.reschedule(caller, id, new Date(body.dueAt), body.reason));
  }

  @Post(':id/retry')
  @HttpCode(200)
  @RequirePermission('reviews:review:conduct')
  @ApiOperation({ summary: 'Put a stuck review back to work', description: 'For one with deadLetterAt.' })
  @ApiOkResponse({ type: ReviewDetailDto })
  @ApiProblems('REVIEWS_REVIEW_NOT_FOUND', 'REVIEWS_REVIEW_STATE_CONFLICT')
  async retry(@CurrentCaller() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ReviewDetailDto> {
    return send(reply, await this.conduct.retry(caller, id));
  }
}

function send(reply: FastifyReply, detail: ReviewDetail): ReviewDetailDto {
  sendEntityTag(reply, detail.review.version);
  return toReviewDetailDto(detail);
}

/** An instant of the query string, or null when it is not given. */
function instant(name: string, text: string | undefined): Date | null {
  if (text === undefined) return null;
  const value = readInstant(text);
  if (!value) {
    throw problem('PLATFORM_REQUEST_INVALID', `${name} is not valid.`, { errors: [{ path: name, code: 'not_instant', message: 'expected an instant like 2026-05-01T12:00:00Z' }] });
  }
  return value;
}

function monthCount(text: string | undefined): number {
  const months = text === undefined ? 12 : Number(text);
  if (!Number.isInteger(months) || months < 1 || months > LONGEST_TREND) {
    throw problem('PLATFORM_REQUEST_INVALID', 'months is not valid.', { errors: [{ path: 'months', code: 'out_of_range', message: `expected a whole number from 1 to ${LONGEST_TREND}` }] });
  }
  return months;
}
