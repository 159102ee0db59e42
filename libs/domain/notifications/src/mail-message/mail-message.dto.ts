import { ChoiceField, IdField, InstantField, IntegerField, ObjectsField, TextField } from '@roster/platform-http';
import { MAIL_STATUSES, type MailStatus } from '@roster/platform-mail';

export class MailMessageDto {
  @IdField({ description: 'Id of the mail.' }) id!: string;
  @IdField({ description: 'The member it is for; null for somebody who is not one yet.', nullable: true }) memberId!: string | null;
  @TextField({ description: 'Address it goes to.', max: 254 }) toAddress!: string;
  @TextField({ description: 'Name it goes to.', nullable: true, max: 200 }) toName!: string | null;
  @TextField({ description: 'Subject.', max: 300 }) subject!: string;
  @TextField({ description: 'Plain text.', max: 100_000 }) body!: string;
  @ChoiceField(MAIL_STATUSES, { description: 'queued or sending: on its way; sent: the mail server took it; kept: there is no mail server, it stays here; failed: given up.' }) status!: MailStatus;
  @IntegerField({ description: 'How often it was tried.', min: 0, max: 1_000 }) attempts!: number;
  @TextField({ description: 'What the mail server said last; null when nothing went wrong.', nullable: true, max: 2_000 }) lastError!: string | null;
  @InstantField({ description: 'When it was written.' }) createdAt!: Date;
  @InstantField({ description: 'When the mail server took it; null before.', nullable: true }) sentAt!: Date | null;
}

export class MailMessagePageDto {
  @ObjectsField(() => MailMessageDto, { description: 'Mails of this page.' }) items!: MailMessageDto[];
  @TextField({ description: 'Cursor of the next page; null on the last.', nullable: true }) nextCursor!: string | null;
  @IntegerField({ description: 'How many there are in all; only with count=true.', min: 0, max: Number.MAX_SAFE_INTEGER, optional: true }) total?: number;
}
