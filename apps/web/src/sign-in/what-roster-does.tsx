import { useLingui } from '@lingui/react/macro';
import { IconBinaryTree2, IconCalendarCheck, IconListDetails, IconShieldCheck } from '@tabler/icons-react';
import classes from './entry-card.module.css';

/** What somebody who signs up can expect, in four sentences. */
export function WhatRosterDoes() {
  const { t } = useLingui();
  const points = [
    { icon: IconListDetails, name: t`Every AI workload, with somebody who answers for it`, text: t`Bring the list you have: a spreadsheet becomes an inventory in three minutes.` },
    { icon: IconBinaryTree2, name: t`A stage that is computed, never picked`, text: t`Experiment, Pilot or Production follows from facts and accepted evidence, and every answer can be traced.` },
    { icon: IconCalendarCheck, name: t`No review is silently missed`, text: t`What is in production gets its schedule by itself, in your time zone.` },
    { icon: IconShieldCheck, name: t`Proof that stands without trusting us`, text: t`Evidence packs and a signed trail can be checked offline.` },
  ];
  return (
    <>
      <p className={classes.asideTitle}>{t`What is in production, who answers for it, and what is missing.`}</p>
      <ul className={classes.points}>
        {points.map(({ icon: Icon, name, text }) => <li key={name} className={classes.point}><Icon size={20} stroke={1.6} aria-hidden /><strong>{name}</strong><p>{text}</p></li>)}
      </ul>
    </>
  );
}
