import { Module } from '@nestjs/common';
import { SequenceEntriesJob } from './sequence-entries.job.js';
import { TrailModule } from './trail.module.js';

/** The jobs of the trail. */
@Module({ imports: [TrailModule], providers: [SequenceEntriesJob] })
export class TrailJobsModule {}
