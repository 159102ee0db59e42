import { PageHeader } from '@roster/ui';
import type { ReactNode } from 'react';
import { useCrumbs, type Crumb } from './breadcrumbs.js';

/**
 * A page of the frame: its title, its place, its acts.
 * @param title what the page asks or answers
 * @param name the title in plain words, for the tab and the breadcrumb, where `title` is more than text
 * @param crumbs from the room down to the page above this one
 * @param to address of the page itself, for its breadcrumb
 */
export function Page({ title, name, crumbs = [], to, description, actions, meta, children }: {
  title: ReactNode; name?: string; crumbs?: readonly Crumb[]; to: string; description?: ReactNode; actions?: ReactNode; meta?: ReactNode; children: ReactNode;
}) {
  useCrumbs([...crumbs, { label: name ?? (typeof title === 'string' ? title : ''), to }]);
  return (
    <>
      <PageHeader title={title} description={description} actions={actions} meta={meta} />
      {children}
    </>
  );
}
