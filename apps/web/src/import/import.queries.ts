import { bodyOf, type Schemas } from '@roster/api-client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client.js';

export type WorkloadImport = Schemas['WorkloadImportDto'];
export type ImportOptions = Schemas['ImportOptionsDto'];
export type ImportCause = Schemas['ImportCauseDto'];
export type ImportFix = Schemas['ImportFixDto'];
export type ImportRow = Schemas['ImportRowDto'];
export type ImportSummary = Schemas['WorkloadImportSummaryDto'];

/** Where an import lives; its work can be watched there. */
export const importHref = (id: string): string => `/api/v1/workload-imports/${id}`;

export const importQuery = (id: string) => queryOptions({
  queryKey: ['import', id],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/workload-imports/{id}', { params: { path: { id } }, signal })),
});

/** Why rows are rejected or worth a look, each cause once. */
export const causesQuery = (id: string) => queryOptions({
  queryKey: ['import', id, 'causes'],
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/v1/workload-imports/{id}/causes', { params: { path: { id } }, signal }))).items,
});

/** What a column can fill. Custom fields come and go, so not for ever. */
export const targetsQuery = queryOptions({
  queryKey: ['import', 'targets'], staleTime: 60_000,
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/v1/workload-imports/fields', { signal }))).items,
});

/** Sends a file for a dry run. @returns the id of the import */
export async function uploadImport(file: File, options: ImportOptions = {}): Promise<string> {
  const { id } = await bodyOf(api.POST('/api/v1/workload-imports', {
    body: { file: '' },
    bodySerializer: () => {
      const form = new FormData();
      form.append('options', JSON.stringify({ ...options, dryRun: true, useRemembered: true }));
      form.append('file', file);
      return form;
    },
  }));
  return id;
}

/** Reads the file again, writes it, takes it back, or stops reading it; the page follows by itself. */
export function useImportStep(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (step: { act: 'commit' | 'rollback' | 'cancel' } | { act: 'reread'; options: ImportOptions }) => {
      const path = { params: { path: { id } } };
      switch (step.act) {
        case 'commit': return bodyOf(api.POST('/api/v1/workload-imports/{id}/commit', path));
        case 'rollback': return bodyOf(api.POST('/api/v1/workload-imports/{id}/rollback', path));
        case 'cancel': return bodyOf(api.POST('/api/v1/workload-imports/{id}/cancel', path));
        case 'reread': return bodyOf(api.POST('/api/v1/workload-imports/{id}/reread', { ...path, body: step.options }));
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['import'] }),
  });
}
