import { ChoiceField, InstantField, ObjectsField, TextField } from '@roster/platform-http';

export class GrantToolDto {
  @TextField({ description: 'Tool.', max: 300 }) name!: string;
  @ChoiceField(['read', 'write', 'read_write'], { description: 'What it may do.' }) access!: 'read' | 'write' | 'read_write';
  @TextField({ description: 'On what: a system, a table, a mailbox. Empty for everything the tool reaches.', min: 0, max: 2_000, optional: true }) scope?: string;
}
export class ReplaceToolGrantsDto {
  @ObjectsField(() => GrantToolDto, { description: 'All tool grants of the workload; what is left out is withdrawn.', max: 500 }) grants!: GrantToolDto[];
}
export class ToolGrantDto {
  @TextField({ description: 'Tool.', max: 300 }) name!: string;
  @ChoiceField(['read', 'write', 'read_write'], { description: 'What it may do.' }) access!: 'read' | 'write' | 'read_write';
  @TextField({ description: 'On what.', min: 0, max: 2_000 }) scope!: string;
  @InstantField({ description: 'Since when.' }) grantedAt!: Date;
}
export class ToolGrantsDto {
  @ObjectsField(() => ToolGrantDto, { description: 'Tool grants by name.', max: 500 }) items!: ToolGrantDto[];
}
