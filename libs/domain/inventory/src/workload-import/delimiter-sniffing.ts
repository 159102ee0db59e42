export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Columns of each complete record of a text if `delimiter` separates them; quoted delimiters and line breaks do not count. */
const columnCounts = (sample: string, delimiter: string): number[] => {
  const counts: number[] = [];
  let columns = 1;
  let quoted = false;
  let atFieldStart = true;
  let empty = true;
  for (let index = 0; index < sample.length; index++) {
    const char = sample[index];
    if (quoted) {
      if (char === '"') {
        if (sample[index + 1] === '"') index++;
        else quoted = false;
      }
    } else if (char === '"' && atFieldStart) {
      quoted = true;
      atFieldStart = false;
      empty = false;
    } else if (char === delimiter) {
      columns++;
      atFieldStart = true;
      empty = false;
    } else if (char === '\n') {
      if (!empty) counts.push(columns);
      columns = 1;
      atFieldStart = true;
      empty = true;
    } else {
      atFieldStart = false;
      empty = false;
    }
  }
  return counts;
};

/**
 * Which character separates the columns: the one that cuts the most records into as many columns as the header has, then the one with more
 * columns. A table of one column is a comma table.
 * @param sample the beginning of the text, decoded, line breaks as `\n`; a cut last record is ignored
 */
export const sniffDelimiter = (sample: string): Delimiter => {
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const counts = columnCounts(sample.endsWith('\n') ? sample : `${sample}\n`, delimiter);
    const header = counts[0] ?? 1;
    if (header < 2) continue;
    const fitting = counts.filter((count) => count === header).length / counts.length;
    const score = fitting + Math.min(header, 100) / 1000;
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
};
