import { Module } from '@nestjs/common';
import { BuildPackJob } from './pack/build-pack.job.js';
import { PacksModule } from './packs.module.js';

/** The jobs of evidence packs. */
@Module({ imports: [PacksModule], providers: [BuildPackJob] })
export class PacksJobsModule {}
