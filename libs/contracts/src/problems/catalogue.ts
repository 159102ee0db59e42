import { accessProblems } from './access.js';
import { classificationProblems } from './classification.js';
import { evidenceProblems } from './evidence.js';
import { frameworksProblems } from './frameworks.js';
import { incidentsProblems } from './incidents.js';
import { inventoryProblems } from './inventory.js';
import { notificationsProblems } from './notifications.js';
import { onboardingProblems } from './onboarding.js';
import { packsProblems } from './packs.js';
import { platformProblems } from './platform.js';
import { portfolioProblems } from './portfolio.js';
import { reviewsProblems } from './reviews.js';
import { trailProblems } from './trail.js';

/** Every error code the service can answer with: `AREA_NOUN_PROBLEM`. */
export const PROBLEMS = {
  ...platformProblems, ...accessProblems, ...trailProblems, ...frameworksProblems, ...inventoryProblems, ...evidenceProblems,
  ...incidentsProblems, ...classificationProblems, ...reviewsProblems, ...notificationsProblems, ...packsProblems, ...portfolioProblems, ...onboardingProblems,
} as const;

export type ProblemCode = keyof typeof PROBLEMS;
