import { BooleanField, ChoiceField, IdField, InstantField, IntegerField, ObjectsField, TextField } from '@roster/platform-http';

export const MAIL_MODES = ['immediate', 'daily'] as const;

export class NotificationDto {
  @IdField({ description: 'Id of the notification.' }) id!: string;
  @TextField({ description: 'What it is about, `area.noun.verbed`.', example: 'reviews.review.due' }) kind!: string;
  @TextField({ description: 'One line.', max: 300 }) title!: string;
  @TextField({ description: 'The whole message, plain text.', max: 4_000 }) body!: string;
  @TextField({ description: 'Path in the application that it leads to.', max: 2_000 }) href!: string;
  @InstantField({ description: 'When it was written.' }) createdAt!: Date;
  @InstantField({ description: 'When it was first read; null = unread.', nullable: true }) readAt!: Date | null;
}

export class NotificationPageDto {
  @ObjectsField(() => NotificationDto, { description: 'Notifications of this page.' }) items!: NotificationDto[];
  @TextField({ description: 'Cursor of the next page; null on the last.', nullable: true }) nextCursor!: string | null;
  @IntegerField({ description: 'How many there are in all; only with count=true.', min: 0, max: Number.MAX_SAFE_INTEGER, optional: true }) total?: number;
}

export class ReadAllDto {
  @IntegerField({ description: 'How many were unread.', min: 0, max: Number.MAX_SAFE_INTEGER }) read!: number;
}

export class PreferenceDto {
  @ChoiceField(MAIL_MODES, { description: 'immediate: a mail each; daily: one mail a day at the time of day reviews fall due.' }) mailMode!: 'immediate' | 'daily';
  @InstantField({ description: 'No mail before this instant; null = not snoozed.', nullable: true }) snoozedUntil!: Date | null;
  @BooleanField({ description: 'Whether notifications wait for the next mail.' }) waiting!: boolean;
}

export class ChangePreferenceDto {
  @ChoiceField(MAIL_MODES, { description: 'immediate: a mail each; daily: one mail a day.', optional: true }) mailMode?: 'immediate' | 'daily';
  @InstantField({ description: 'No mail before this instant, at most 30 days ahead; null ends the snooze. In-app notifications arrive as ever.', optional: true, nullable: true }) snoozedUntil?: string | null;
}
