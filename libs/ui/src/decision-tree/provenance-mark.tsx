import { Tooltip } from '@mantine/core';
import type { Provenance } from '@roster/contracts';
import { useProvenanceWords } from './words.js';
import classes from './facts.module.css';

/** Where a fact comes from, with four bars for its strength (declared, observed, attested, verified). */
export function ProvenanceMark({ provenance }: { provenance: Provenance }) {
  const { word, meaning, strength } = useProvenanceWords()[provenance];
  return (
    <Tooltip label={meaning}>
      <span className={classes.provenance} tabIndex={0}>
        <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden>
          {[1, 2, 3, 4].map((bar) => <rect key={bar} x={(bar - 1) * 3.5} y={12 - bar * 3} width="2.5" height={bar * 3} className={bar <= strength ? classes.bar : classes.barOff} />)}
        </svg>
        {word}
      </span>
    </Tooltip>
  );
}
