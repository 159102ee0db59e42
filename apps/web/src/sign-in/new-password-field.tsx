import { PasswordInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { MeaningBadge, type Meaning } from '@roster/ui';
import type { ReactNode } from 'react';
import classes from './entry-card.module.css';
import { PASSWORD_MAX, PASSWORD_MIN, passwordStrength } from './password-strength.js';

/**
 * A new password: typed or pasted, shown on request, judged by its length while it is typed.
 * @param identity words of the person and the organization, which make a password easy to guess
 */
export function NewPasswordField({ label, value, onChange, identity, error }: { label: string; value: string; onChange: (value: string) => void; identity: readonly string[]; error?: ReactNode }) {
  const { t } = useLingui();
  const strength = passwordStrength(value, identity);
  const length = [...value].length;
  const missing = PASSWORD_MIN - length;
  const said: Record<Exclude<typeof strength, 'empty'>, { meaning: Meaning; words: string }> = {
    short: { meaning: 'attention', words: t`${missing} more to go` }, long: { meaning: 'broken', words: t`Longer than ${PASSWORD_MAX} characters` }, repeated: { meaning: 'attention', words: t`Too few different characters` },
    personal: { meaning: 'attention', words: t`Mostly your own name` }, enough: { meaning: 'met', words: t`Long enough` }, strong: { meaning: 'met', words: t`Strong` },
  };
  const steps = Math.min(3, strength === 'strong' ? 3 : strength === 'enough' ? 2 : strength === 'empty' ? 0 : 1);
  return (
    <div>
      <PasswordInput
        label={label} autoComplete="new-password" required value={value} onChange={(event) => onChange(event.currentTarget.value)} error={error} aria-invalid={error ? true : undefined}
        description={<Trans>At least {PASSWORD_MIN} characters. A few words you can remember are better than signs you cannot; pasting is fine.</Trans>}
        visibilityToggleButtonProps={{ 'aria-label': t`Show the password`, tabIndex: 0 }}
      />
      {/* What the service refused is not praised for its length. */}
      <div className={classes.strength} hidden={Boolean(error)}>
        <span aria-hidden className={classes.bars} hidden={strength === 'empty'}>{[1, 2, 3].map((bar) => <span key={bar} className={bar <= steps ? classes[strength === 'enough' || strength === 'strong' ? 'barMet' : 'barAttention'] : classes.bar} />)}</span>
        <span role="status">{strength === 'empty' ? null : <MeaningBadge plain meaning={said[strength].meaning}>{said[strength].words}</MeaningBadge>}</span>
      </div>
    </div>
  );
}
