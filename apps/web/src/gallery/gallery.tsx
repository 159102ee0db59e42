import { Anchor } from '@mantine/core';
import { FormatProvider } from '@roster/ui';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { serviceNow } from '../clock/now.js';
import { formatLocale } from '../i18n/locale.js';
import classes from './gallery.module.css';

export interface Story {
  /** The state that is shown, in words. */
  readonly name: string;
  readonly render: () => ReactNode;
}

const SUBJECTS = import.meta.glob<{ stories: readonly Story[] }>('./*.stories.tsx');
const subjectOf = (path: string): string => path.replace('./', '').replace('.stories.tsx', '');
const NAMES = Object.keys(SUBJECTS).map(subjectOf).sort();

const shelves = new Map(Object.entries(SUBJECTS).map(([path, load]) => [subjectOf(path), lazy(async () => {
  const { stories } = await load();
  return {
    default: () => (
      <>
        {stories.map(({ name, render: Render }) => <section key={name} className={classes.story} aria-label={name}><h2 className={classes.name}>{name}</h2><div className={classes.stage}><Render /></div></section>)}
      </>
    ),
  };
})]));

const route = getRouteApi('/gallery');

/** The components of libs/ui in all their states, for who builds with them. Needs no session and no data. */
export function Gallery() {
  const { subject = NAMES[0] ?? '' } = route.useSearch();
  const Shelf = shelves.get(subject);
  return (
    <FormatProvider locale={formatLocale()} timeZone="Europe/Berlin" now={serviceNow()}>
      <div className={classes.gallery}>
        <nav aria-label="Subjects" className={classes.subjects}>
          {NAMES.map((name) => <Anchor key={name} component={Link} to="/gallery" search={{ subject: name } as never} aria-current={name === subject ? 'page' : undefined} size="sm">{name}</Anchor>)}
        </nav>
        <main className={classes.main}><h1>{subject}</h1>{Shelf ? <Suspense><Shelf key={subject} /></Suspense> : null}</main>
      </div>
    </FormatProvider>
  );
}
