import { Global, Module } from '@nestjs/common';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import { FileStorage } from './file-storage.js';

@Global()
@Module({
  providers: [{ provide: FileStorage, inject: [ROSTER_CONFIG], useFactory: (config: RosterConfig) => FileStorage.fromUrl(config.storageUrl) }],
  exports: [FileStorage],
})
export class StorageModule {}
