import { Module } from '@nestjs/common';
import { PackController } from './pack/pack.controller.js';
import { PacksModule } from './packs.module.js';

/** The routes of evidence packs. */
@Module({ imports: [PacksModule], controllers: [PackController] })
export class PacksHttpModule {}
