export * from './packs.module.js';
export * from './packs-http.module.js';
export * from './packs-jobs.module.js';
export { RequestPackUsecase } from './pack/request-pack.usecase.js';
export { BuildPackUsecase } from './pack/build-pack.usecase.js';
export { PackService } from './pack/pack.service.js';
