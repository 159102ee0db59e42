import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { editionQuery } from '../workload/workload.queries.js';

/** Number and name of criteria of one edition, always together (ui.md, Words). @param keys `<edition>/<id>`; those of other editions keep their id */
export function useCriterionNames(edition: string): (key: string) => string {
  const { data } = useQuery(editionQuery(edition));
  return useMemo(() => {
    const names = new Map(data?.requirements.map(({ key, title }) => [key, `${key.slice(key.indexOf('/') + 1)} ${title}`]));
    return (key: string) => names.get(key) ?? key;
  }, [data]);
}
