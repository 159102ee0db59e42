import { Body, Controller, Get, Headers, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiListQuery, ApiProblems, CurrentCaller, readListQuery, requireIfMatch, RequirePermission, sendEntityTag, type ListSpec, type Page } from '@roster/platform-http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChangePreferenceDto, NotificationDto, NotificationPageDto, PreferenceDto, ReadAllDto } from './notification.dto.js';
import { LiveNotifications } from '../live/live-notifications.js';
import { NotificationService, type PreferenceView } from './notification.service.js';

const LIST: ListSpec = { filters: ['read'], sorts: ['-createdAt'] };

/** A member's own notifications. */
@ApiTags('Notifications')
@Controller()
export class NotificationController {
  constructor(private readonly notifications: NotificationService, private readonly live: LiveNotifications) {}

  @Get('notifications')
  @RequirePermission('notifications:notification:read')
  @ApiOperation({ summary: 'Read your notifications', description: 'Newest first. filter[read]=false gives the unread ones; count=true adds how many.' })
  @ApiListQuery(LIST)
  @ApiOkResponse({ type: NotificationPageDto })
  list(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>): Promise<Page<NotificationDto>> {
    return this.notifications.list(caller, readListQuery(raw, LIST));
  }

  /**
   * Streams the caller's notifications as they are written.
   * @param header Last-Event-ID, as browsers send it when they connect again
   * @param parameter the same for a client that connects anew
   */
  @Get('notifications/events')
  @RequirePermission('notifications:notification:read')
  @ApiOperation({
    summary: 'Follow your notifications live',
    description: 'Server-sent events: `unread` with the count, at once and whenever it changes; `notification` for each new one; `reset` when more than 100 were missed, so that the list is to be '
      + 'read; `end` with a reason (session_ended, replaced) when it ended for good. A comment every 15 seconds shows that it is alive. Resumes after Last-Event-ID. A member has at most 6 at once; '
      + 'one more replaces the oldest.',
  })
  @ApiProduces('text/event-stream')
  @ApiQuery({ name: 'lastEventId', required: false, type: String, description: 'Id of the last event you have, where Last-Event-ID cannot be sent.' })
  events(@CurrentCaller() caller: Caller, @Res() reply: FastifyReply, @Headers('last-event-id') header?: string, @Query('lastEventId') parameter?: string): void {
    this.live.open(caller, header ?? parameter ?? null, reply);
  }

  @Post('notifications/:id/read')
  @HttpCode(200)
  @RequirePermission('notifications:notification:read')
  @ApiOperation({ summary: 'Mark one as read' })
  @ApiOkResponse({ type: NotificationDto })
  @ApiProblems('NOTIFICATIONS_NOTIFICATION_NOT_FOUND')
  markRead(@CurrentCaller() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<NotificationDto> {
    return this.notifications.markRead(caller, id);
  }

  @Post('notifications/read-all')
  @HttpCode(200)
  @RequirePermission('notifications:notification:read')
  @ApiOperation({ summary: 'Mark all as read' })
  @ApiOkResponse({ type: ReadAllDto })
  async markAllRead(@CurrentCaller() caller: Caller): Promise<ReadAllDto> {
    return { read: await this.notifications.markAllRead(caller) };
  }

  @Get('notification-preference')
  @RequirePermission('notifications:notification:read')
  @ApiOperation({ summary: 'Read when mail goes out to you' })
  @ApiOkResponse({ type: PreferenceDto })
  async preference(@CurrentCaller() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<PreferenceDto> {
    return send(reply, await this.notifications.preference(caller));
  }

  @Patch('notification-preference')
  @RequirePermission('notifications:notification:read')
  @ApiOperation({ summary: 'Change when mail goes out to you', description: 'Needs If-Match with the ETag of the preference. In-app notifications are never held back.' })
  @ApiOkResponse({ type: PreferenceDto })
  @ApiProblems('PLATFORM_PRECONDITION_REQUIRED', 'PLATFORM_PRECONDITION_FAILED', 'PLATFORM_VERSION_CONFLICT')
  async changePreference(@CurrentCaller() caller: Caller, @Body() body: ChangePreferenceDto, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<PreferenceDto> {
    const { snoozedUntil } = body;
    const change = { mailMode: body.mailMode, snoozedUntil: typeof snoozedUntil === 'string' ? new Date(snoozedUntil) : snoozedUntil };
    return send(reply, await this.notifications.changePreference(caller, change, requireIfMatch(request)));
  }
}

function send(reply: FastifyReply, { preference, waiting, version }: PreferenceView): PreferenceDto {
  sendEntityTag(reply, version);
  return { mailMode: preference.mailMode, snoozedUntil: preference.snoozedUntil, waiting };
}
