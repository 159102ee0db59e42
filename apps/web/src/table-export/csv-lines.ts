import { CSV_DIALECT } from '@roster/contracts';
import type { ExportedValue } from '@roster/ui';
import { stringify } from 'csv-stringify/browser/esm/sync';

/** Lines of a CSV as the exports of the service have them ({@link CSV_DIALECT}), each with its end. @param rows their cells; as many in each */
export const csvLines = (rows: readonly (readonly ExportedValue[])[]): string => stringify(rows.map((cells) => [...cells]), CSV_DIALECT);
