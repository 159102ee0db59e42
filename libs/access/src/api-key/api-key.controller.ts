import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@roster/platform-context';
import { AnswersSecret, ApiListQuery, ApiProblems, CurrentCaller, RequirePermission } from '@roster/platform-http';
import { ApiKeyPageDto, CreateApiKeyDto, CreatedApiKeyDto } from './api-key.dto.js';
import { API_KEY_LIST, ApiKeyService } from './api-key.service.js';

@ApiTags('API keys')
@Controller('api-keys')
export class ApiKeyController {
  constructor(private readonly keys: ApiKeyService) {}

  @Post()
  @RequirePermission('access:api-key:manage')
  @AnswersSecret()
  @ApiOperation({ summary: 'Create an API key', description: 'The key is shown this once. It can do nothing that you cannot, and loses what you lose.' })
  @ApiCreatedResponse({ type: CreatedApiKeyDto })
  @ApiProblems('PLATFORM_REQUEST_INVALID', 'ACCESS_KEY_SCOPE_TOO_WIDE')
  create(@CurrentCaller() caller: Caller, @Body() body: CreateApiKeyDto): Promise<CreatedApiKeyDto> {
    return this.keys.create(caller, body);
  }

  @Get()
  @RequirePermission('access:api-key:manage')
  @ApiOperation({ summary: 'List API keys', description: 'All of the organization for who may manage members, one\'s own otherwise. Never the keys themselves.' })
  @ApiListQuery(API_KEY_LIST)
  @ApiOkResponse({ type: ApiKeyPageDto })
  list(@CurrentCaller() caller: Caller, @Query() raw: Record<string, string | string[]>): Promise<object> {
    return this.keys.list(caller, raw);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('access:api-key:manage')
  @ApiOperation({ summary: 'Revoke an API key' })
  @ApiNoContentResponse()
  @ApiProblems('ACCESS_KEY_NOT_FOUND')
  revoke(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    return this.keys.revoke(caller, id);
  }
}
