import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { ApiListQuery, ApiProblems, CurrentCaller, readListQuery, RequirePermission, type ListSpec, type Page } from '@roster/platform-http';
import { MailMessageDto, MailMessagePageDto } from './mail-message.dto.js';
import { MailMessageService } from './mail-message.service.js';

const LIST: ListSpec = { filters: ['status'], sorts: ['-createdAt'] };

/** The outbox of mails. */
@ApiTags('Notifications')
@Controller('mail-messages')
export class MailMessageController {
  constructor(private readonly mails: MailMessageService) {}

  @Get()
  @RequirePermission('notifications:mail:read')
  @ApiOperation({ summary: 'Read the outbox of mails', description: 'Newest first. Without a mail server (SMTP_URL) this is where mails are read.' })
  @ApiListQuery(LIST)
  @ApiOkResponse({ type: MailMessagePageDto })
  list(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>): Promise<Page<MailMessageDto>> {
    return this.mails.list(caller, readListQuery(raw, LIST));
  }

  @Get(':id')
  @RequirePermission('notifications:mail:read')
  @ApiOperation({ summary: 'Read one mail' })
  @ApiOkResponse({ type: MailMessageDto })
  @ApiProblems('NOTIFICATIONS_MAIL_NOT_FOUND')
  find(@CurrentCaller() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<MailMessageDto> {
    return this.mails.find(caller, id);
  }
}
