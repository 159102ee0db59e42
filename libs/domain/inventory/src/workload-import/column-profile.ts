import { cleanCell, foldText, isBlankCell, isEmailAddress, isWebAddress, readTriState } from './cell-value.js';
import { type DateEvidence, dateEvidence, type DateOrder, orderOf } from './date-reading.js';

const SAMPLES = 5;
const SAMPLE_CHARS = 80;
const DISTINCT_KEPT = 200;
const SPELLINGS_KEPT = 20;

/** What the cells of a column look like, gathered in the first pass in bounded memory. */
export interface ColumnProfile {
  readonly name: string;
  readonly filled: number;
  readonly blank: number;
  /** How a blank was written other than as nothing, with how often: `N/A`, `-`. */
  readonly blankSpellings: Readonly<Record<string, number>>;
  /** Distinct values, folded; null when there are more than 200. */
  readonly distinct: number | null;
  readonly distinctValues: readonly string[];
  readonly samples: readonly string[];
  readonly maxLength: number;
  readonly yesNo: number;
  readonly emails: number;
  readonly webAddresses: number;
  readonly dates: number;
  readonly dateOrder: DateOrder | null;
  /** Dates such as 3/4/2024 whose order nothing in the column proves. */
  readonly unclearDates: number;
}

export class ColumnProfiler {
  private filled = 0;
  private blank = 0;
  private readonly blankSpellings = new Map<string, number>();
  private readonly distinct = new Set<string>();
  private manyDistinct = false;
  private readonly samples: string[] = [];
  private maxLength = 0;
  private yesNo = 0;
  private emails = 0;
  private webAddresses = 0;
  private readonly evidence: Record<DateEvidence, number> = { certain: 0, month_first: 0, day_first: 0, either: 0, not_a_date: 0 };

  add(raw: string): void {
    const cell = cleanCell(raw);
    if (isBlankCell(cell)) {
      this.blank++;
      if (cell !== '' && (this.blankSpellings.has(cell) || this.blankSpellings.size < SPELLINGS_KEPT)) this.blankSpellings.set(cell, (this.blankSpellings.get(cell) ?? 0) + 1);
      return;
    }
    this.filled++;
    if (cell.length > this.maxLength) this.maxLength = cell.length;
    if (cell.length <= 40) {
      const { said } = readTriState(cell);
      if (said !== 'unclear') this.yesNo++;
      this.evidence[dateEvidence(cell)]++;
    } else {
      this.evidence.not_a_date++;
    }
    if (cell.includes('@') && isEmailAddress(cell)) this.emails++;
    if (cell.includes('://') && isWebAddress(cell)) this.webAddresses++;
    if (!this.manyDistinct) {
      const folded = foldText(cell.slice(0, 400));
      if (!this.distinct.has(folded)) {
        this.distinct.add(folded);
        if (this.samples.length < SAMPLES) this.samples.push(cell.length <= SAMPLE_CHARS ? cell : `${cell.slice(0, SAMPLE_CHARS - 1)}…`);
        if (this.distinct.size > DISTINCT_KEPT) this.manyDistinct = true;
      }
    }
  }

  /** @param rows all rows of the table: a row that ended before this column counts as blank */
  finish(name: string, rows: number): ColumnProfile {
    const order = orderOf(this.evidence);
    const numeric = this.evidence.month_first + this.evidence.day_first + this.evidence.either;
    return {
      name, filled: this.filled, blank: rows - this.filled, blankSpellings: Object.fromEntries(this.blankSpellings),
      distinct: this.manyDistinct ? null : this.distinct.size, distinctValues: this.manyDistinct ? [] : [...this.distinct], samples: this.samples, maxLength: this.maxLength, yesNo: this.yesNo,
      emails: this.emails, webAddresses: this.webAddresses, dates: this.evidence.certain + (order === null ? 0 : numeric), dateOrder: order, unclearDates: order === null ? numeric : 0,
    };
  }
}
