import { SetMetadata } from '@nestjs/common';

export const ANSWERS_SECRET = 'roster:answers-secret';

/** The answer holds a secret that is shown once: it is never kept for repeats of the request. */
export const AnswersSecret = (): MethodDecorator => SetMetadata(ANSWERS_SECRET, true);
