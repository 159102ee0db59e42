import { Global, Module } from '@nestjs/common';
import { Trail } from './trail.js';
import { TrailLogKey } from './trail-log-key.js';
import { TrailProofs } from './trail-proofs.js';
import { TrailQueryRepository } from './trail-query.repository.js';
import { TrailRepository } from './trail.repository.js';
import { TrailSequencer } from './trail-sequencer.js';
import { TrailSlices } from './trail-slice.js';
import { TrailTreeRepository } from './trail-tree.repository.js';

/** The core of the trail: recording, the tree, proofs. Global, because every area records. */
@Global()
@Module({
  providers: [Trail, TrailRepository, TrailTreeRepository, TrailQueryRepository, TrailLogKey, TrailSequencer, TrailProofs, TrailSlices],
  exports: [Trail, TrailSlices, TrailSequencer, TrailTreeRepository, TrailQueryRepository, TrailProofs, TrailLogKey],
})
export class TrailModule {}
