import { Global, Module } from '@nestjs/common';
import { PackContent } from './content/pack-content.js';
import { PackSourceRepository } from './content/pack-source.repository.js';
import { BuildPackUsecase } from './pack/build-pack.usecase.js';
import { PackEnding } from './pack/pack-ending.js';
import { PackRepository } from './pack/pack.repository.js';
import { PackService } from './pack/pack.service.js';
import { PackSettings } from './pack/pack-settings.js';
import { PreviewPackUsecase } from './pack/preview-pack.usecase.js';
import { RequestPackUsecase } from './pack/request-pack.usecase.js';

/** The core of evidence packs. Uses the public queries of access, frameworks, inventory, evidence and trail. */
@Global()
@Module({
  providers: [PackRepository, PackSourceRepository, PackContent, PackSettings, PackEnding, RequestPackUsecase, PreviewPackUsecase, BuildPackUsecase, PackService],
  exports: [RequestPackUsecase, PreviewPackUsecase, BuildPackUsecase, PackService],
})
export class PacksModule {}
