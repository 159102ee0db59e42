import { Module } from '@nestjs/common';
import { FrameworkController } from './framework/framework.controller.js';
import { FrameworksModule } from './frameworks.module.js';

/** The HTTP door of frameworks. */
@Module({ imports: [FrameworksModule], controllers: [FrameworkController] })
export class FrameworksHttpModule {}
