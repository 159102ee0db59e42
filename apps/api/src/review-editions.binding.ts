import { Global, Module } from '@nestjs/common';
import { FrameworkCatalogue, FrameworksModule } from '@roster/frameworks';
import { ReviewEditions } from '@roster/reviews';

/** Reviews ask their questions per edition and may not depend on frameworks: the process binds the port. */
@Global()
@Module({ imports: [FrameworksModule], providers: [{ provide: ReviewEditions, useExisting: FrameworkCatalogue }], exports: [ReviewEditions] })
export class ReviewEditionsBinding {}
