import { useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { SavedViewBar } from '@roster/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../api/client.js';
import { useMe } from '../session/me.js';
import { useMay } from '../session/may.js';
import { toast } from '../shell/toast.js';
import { entityTag, savedViewsQuery } from './inventory.queries.js';
import type { OpenView } from './use-view.js';
import { queryOf, type SavedViewDto, type ViewState } from './view-state.js';

/** What a view keeps of a state. */
const kept = (state: ViewState) => ({ query: queryOf(state), sort: state.sort, columns: [...state.columns], density: state.density });

/** The views of the inventory: opened, saved, renamed, shared, made personal and deleted. */
export function InventoryViews({ views, open }: { views: readonly SavedViewDto[]; open: OpenView }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const me = useMe();
  const mayShare = useMay('inventory:view:share');
  const maySave = useMay('inventory:workload:read', true);
  const words = useBuiltInViewWords();
  const shown = useMemo(() => views.map((view) => ({ ...view, madeBy: view.owner?.name ?? null, mine: view.owner?.id === me.member.id, ...(view.kind === 'built_in' ? words[view.id] : {}) })), [views, words, me.member.id]);
  const reload = () => queries.invalidateQueries({ queryKey: savedViewsQuery.queryKey });
  const versionOf = (id: string): string => entityTag(views.find((view) => view.id === id)?.version ?? 1);
  const save = useMutation({
    mutationFn: (id: string) => bodyOf(api.PATCH('/api/v1/saved-views/{id}', { params: { path: { id }, header: { 'If-Match': versionOf(id) } }, body: kept(open.state) })),
    onSuccess: async (view) => { await reload(); open.open(view.id); const { name } = view; toast.done({ message: t`View ${name} saved` }); },
    onError: toast.failed,
  });
  const create = useMutation({
    mutationFn: (view: { name: string; shared: boolean }) => bodyOf(api.POST('/api/v1/saved-views', { body: { ...view, ...kept(open.state) } })),
    onSuccess: async (view) => { await reload(); open.open(view.id); const { name } = view; toast.done({ message: t`View ${name} saved` }); },
    onError: toast.failed,
  });
  const rename = useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) => bodyOf(api.PATCH('/api/v1/saved-views/{id}', { params: { path: { id }, header: { 'If-Match': versionOf(id) } }, body: { name } })),
    onSuccess: async ({ name }) => { await reload(); toast.done({ message: t`The view is called ${name} now` }); }, onError: toast.failed,
  });
  const share = useMutation({
    mutationFn: ({ id, shared }: { id: string; shared: boolean }) => bodyOf(api.PATCH('/api/v1/saved-views/{id}', { params: { path: { id }, header: { 'If-Match': versionOf(id) } }, body: { shared } })),
    onSuccess: async ({ kind, name }) => { await reload(); toast.done({ message: kind === 'shared' ? t`Everybody in the organization sees ${name} now` : t`${name} is yours alone now` }); },
    onError: toast.failed,
  });
  const bringBack = async ({ name, description, query, sort, columns, density, kind }: SavedViewDto): Promise<void> => {
    const { id } = await bodyOf(api.POST('/api/v1/saved-views', { body: { name, description, query, sort, columns, density: density === 'roomy' ? 'roomy' : 'compact', shared: kind === 'shared' } }));
    await reload();
    open.open(id);
    toast.done({ message: t`View ${name} is back` });
  };
  const remove = useMutation({
    mutationFn: (id: string) => api.DELETE('/api/v1/saved-views/{id}', { params: { path: { id }, header: { 'If-Match': versionOf(id) } } }),
    onSuccess: async (_answer, id) => {
      const gone = views.find((view) => view.id === id);
      open.open('all');
      await reload();
      const name = gone?.name ?? '';
      toast.done({ message: t`View ${name} deleted`, ...(gone ? { undo: () => bringBack(gone) } : {}) });
    },
    onError: toast.failed,
  });
  return (
    <SavedViewBar views={shown} active={open.view?.id ?? null} dirty={open.dirty || (open.view === undefined && views.length > 0)} whyNoShare={mayShare.why} frozenWhy={maySave.why}
      onSelect={open.open} onSave={(id) => save.mutate(id)} onSaveAs={(view) => create.mutate(view)} onReset={() => open.open(open.view?.id ?? 'all')} onRename={(id, name) => rename.mutate({ id, name })} onShare={(id, shared) => share.mutate({ id, shared })} onDelete={(id) => remove.mutate(id)} />
  );
}

/** Built-in views in the language of the person; the service names them in English. */
function useBuiltInViewWords(): Readonly<Record<string, { readonly name: string; readonly description: string }>> {
  const { t } = useLingui();
  return useMemo(() => ({
    all: { name: t`All`, description: t`Every workload` }, mine: { name: t`Mine`, description: t`Where you are an owner, are asked to be one, or registered it` },
    unowned: { name: t`Unowned`, description: t`Without a risk owner` }, overdue: { name: t`Overdue`, description: t`The next review is overdue` },
    'missing-evidence': { name: t`Missing evidence`, description: t`The required set of the risk tier asks for more evidence; experiments are left out` },
    'pilot-pii-or-tools': { name: t`Pilot with PII or tools`, description: t`Pilots that handle personal data or execute tools, or might` },
    falling: { name: t`Falling within 30 days`, description: t`The stage falls within 30 days if nobody does anything` },
  }), [t]);
}
