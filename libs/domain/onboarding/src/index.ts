export { OnboardingHttpModule, OnboardingJobsModule, OnboardingModule } from './onboarding.module.js';
