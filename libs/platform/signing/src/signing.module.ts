import { Global, Module } from '@nestjs/common';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import { SigningKeys } from './signing-keys.js';

@Global()
@Module({
  providers: [{ provide: SigningKeys, inject: [ROSTER_CONFIG], useFactory: (config: RosterConfig) => SigningKeys.fromFile(config.signingKeyName, config.signingKeyFile) }],
  exports: [SigningKeys],
})
export class SigningModule {}
