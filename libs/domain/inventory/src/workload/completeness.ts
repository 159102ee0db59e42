/** The six fields a registration must have (domain.md section 3). An import may lack any but the name. */
export const REQUIRED_FIELDS = ['name', 'kind', 'purpose', 'team', 'riskOwner', 'processesRealData'] as const;
export type RequiredField = (typeof REQUIRED_FIELDS)[number];

export interface CompletenessInput {
  readonly kind: string | null;
  readonly purpose: string | null;
  readonly team: string | null;
  /** Somebody is named as risk owner, whether or not they have answered yet. */
  readonly hasRiskOwner: boolean;
  /** The question was answered. `unknown` is an answer; silence is not. */
  readonly processesRealDataAnswered: boolean;
}

/** What is missing, in the order of the form. The same rule as the generated column `incomplete`. */
export function missingFields(workload: CompletenessInput): RequiredField[] {
  const missing: RequiredField[] = [];
  if (workload.kind === null) missing.push('kind');
  if (workload.purpose === null) missing.push('purpose');
  if (workload.team === null) missing.push('team');
  if (!workload.hasRiskOwner) missing.push('riskOwner');
  if (!workload.processesRealDataAnswered) missing.push('processesRealData');
  return missing;
}
