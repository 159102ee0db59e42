import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import type { AUTONOMY_LEVELS, DATA_CLASSES, EU_AI_ACT_CLASSES, EU_AI_ACT_ROLES, EXPOSURES, Lifecycle, OPERATIONS, RiskTier, SCOPE_CHANGE_KINDS, USERS_AFFECTED, WorkloadKind } from '@roster/contracts';

type One<Values extends readonly string[]> = Values[number];

/** The words of every value set of a workload (domain.md section 3). */
export interface WorkloadVocabulary {
  readonly kind: Readonly<Record<WorkloadKind, string>>;
  readonly lifecycle: Readonly<Record<Lifecycle, string>>;
  readonly riskTier: Readonly<Record<RiskTier, string>>;
  readonly exposure: Readonly<Record<One<typeof EXPOSURES>, string>>;
  readonly operation: Readonly<Record<One<typeof OPERATIONS>, string>>;
  readonly usersAffected: Readonly<Record<One<typeof USERS_AFFECTED>, string>>;
  readonly dataClasses: Readonly<Record<One<typeof DATA_CLASSES>, string>>;
  readonly autonomyLevel: Readonly<Record<One<typeof AUTONOMY_LEVELS>, string>>;
  readonly euAiActRole: Readonly<Record<One<typeof EU_AI_ACT_ROLES>, string>>;
  readonly euAiActClass: Readonly<Record<One<typeof EU_AI_ACT_CLASSES>, string>>;
  readonly scopeChange: Readonly<Record<One<typeof SCOPE_CHANGE_KINDS>, string>>;
}

/** The words of every value set of a workload, in the language of the person. */
export function useWorkloadVocabulary(): WorkloadVocabulary {
  const { t } = useLingui();
  return useMemo(() => ({
    kind: { model: t`Model`, agent: t`Agent`, rag_pipeline: t`Retrieval-augmented pipeline`, classical_ml: t`Classical machine learning`, vision: t`Vision`, ranking: t`Ranking`, embedded_feature: t`Feature inside a bought product` },
    lifecycle: { proposed: t`Proposed`, active: t`Active`, paused: t`Paused`, retired: t`Retired` },
    riskTier: { low: t`Low`, medium: t`Medium`, high: t`High`, critical: t`Critical` },
    exposure: { none: t`None`, internal: t`Internal`, shadow_traffic: t`Shadow traffic`, limited_real_users: t`Limited real users`, general: t`General` },
    operation: { on_demand: t`On demand`, continuous: t`Continuous`, batch: t`Batch` },
    usersAffected: { public: t`Public`, customers: t`Customers`, employees: t`Employees`, none: t`Nobody` },
    dataClasses: { public: t`Public`, internal: t`Internal`, confidential: t`Confidential`, restricted: t`Restricted` },
    autonomyLevel: { L0: t`L0 A person decides`, L1: t`L1 Alone on low-risk steps`, L2: t`L2 Alone, watched by a person`, L3: t`L3 Alone, people on request`, L4: t`L4 Nobody watches` },
    euAiActRole: { provider: t`Provider`, deployer: t`Deployer`, importer: t`Importer`, distributor: t`Distributor`, product_manufacturer: t`Product manufacturer`, authorised_representative: t`Authorised representative` },
    euAiActClass: { prohibited: t`Prohibited`, high_risk: t`High risk`, transparency: t`Transparency obligations`, minimal: t`Minimal risk`, gpai: t`General-purpose model`, gpai_systemic: t`General-purpose model with systemic risk` },
    scopeChange: { more_traffic: t`More traffic`, new_user_group: t`New user group`, new_data_class: t`New class of data`, new_tool_grant: t`New tool grant`, new_region: t`New region`, autonomy_raised: t`Autonomy raised` },
  }), [t]);
}
