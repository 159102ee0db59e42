import { CSV_DIALECT, CSV_MARK } from '@roster/contracts';
import { stringify } from 'csv-stringify/sync';

/** One line of `inventory.csv`. */
export interface InventoryLine {
  readonly key: string;
  readonly name: string;
  readonly kind: string | null;
  readonly team: string | null;
  readonly businessUnit: string | null;
  readonly lifecycle: string;
  readonly stage: string | null;
  readonly hardening: boolean;
  readonly undetermined: boolean;
  readonly frozen: boolean;
  readonly riskTier: string | null;
  readonly processesRealData: string;
  readonly handlesPii: string;
  readonly executesTools: string;
  readonly downstreamChange: string;
  readonly riskOwner: string | null;
  readonly onCall: string | null;
  readonly requiredMet: number;
  readonly requiredTotal: number;
  readonly edition: string;
  readonly classifiedAt: string | null;
  readonly nextReviewDueAt: string | null;
  readonly registeredAt: string;
  readonly id: string;
}

const COLUMNS = ['key', 'name', 'kind', 'team', 'businessUnit', 'lifecycle', 'stage', 'hardening', 'undetermined', 'frozen', 'riskTier', 'processesRealData', 'handlesPii', 'executesTools', 'downstreamChange',
  'riskOwner', 'onCall', 'requiredMet', 'requiredTotal', 'edition', 'classifiedAt', 'nextReviewDueAt', 'registeredAt', 'id'] as const satisfies readonly (keyof InventoryLine)[];

const OPTIONS = { ...CSV_DIALECT, columns: [...COLUMNS], cast: { boolean: (value: boolean) => (value ? 'yes' : 'no') } } as const;

/** The header line, with a byte order mark so that spreadsheets read UTF-8. */
export const csvHeader = (): string => CSV_MARK + stringify([], { ...OPTIONS, header: true });

/** Lines of RFC 4180; text that a spreadsheet would run as a formula gets an apostrophe in front. */
export const csvLines = (lines: readonly InventoryLine[]): string => stringify([...lines], OPTIONS);
