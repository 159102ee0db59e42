import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { pageOf } from './rows-address.js';

/** A figure that opens the rows it counts. @param rows the list behind it, as the API names it; null where nothing is counted: the figure is then plain text; @param inText stands within a sentence, where colour alone would not tell a link */
export function RowsLink({ rows, children, className, inText = false }: { rows: string | null; children: ReactNode; className?: string | undefined; inText?: boolean }) {
  const page = pageOf(rows);
  return page ? <Anchor component={Link} to={page.to} search={page.search} inherit underline={inText ? 'always' : 'hover'} className={className}>{children}</Anchor> : <span className={className}>{children}</span>;
}
