import { Global, Module } from '@nestjs/common';
import { Trail } from './trail.js';
import { TrailRepository } from './trail.repository.js';

/** The core of the trail: recording. Global, because every area records. */
@Global()
@Module({ providers: [Trail, TrailRepository], exports: [Trail] })
export class TrailModule {}
