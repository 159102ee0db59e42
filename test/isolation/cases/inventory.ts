import type { RouteCases, World } from '../route-case.js';
import { freshWorkload, importForm, made } from '../world.js';

const STAR = { 'if-match': '*' };
const ROLE = 'data_steward';
const component = (world: World): object => ({ type: 'model', name: world.text('model'), provider: world.text('provider'), version: '1.0', usage: world.text('usage') });

/** A workload whose data steward is proposed to be the administrator, who has not answered yet. */
async function proposed(world: World): Promise<string> {
  const { key } = await freshWorkload(world);
  made(await world.admin.client.put(`/workloads/${key}/owners/${ROLE}`, { memberId: world.admin.memberId }));
  return key;
}
async function proposedForDomain(world: World): Promise<string> {
  const { key } = await freshWorkload(world);
  made(await world.admin.client.put(`/workloads/${key}/domain-owners/${world.domain}`, { memberId: world.admin.memberId }));
  return key;
}
let fields = 0;
async function field(world: World): Promise<string> {
  fields += 1;
  const key = `field_${world.admin.tenantId.replaceAll('-', '').slice(-12)}_${fields}`;
  made(await world.admin.client.post('/custom-fields', { key, label: world.text('label'), type: 'text' }));
  return key;
}

/** A personal view of the administrator. */
async function savedView(world: World): Promise<string> {
  return made(await world.admin.client.post<{ id: string }>('/saved-views', { name: world.text('view'), description: world.text('description'), query: 'filter[stage]=pilot' })).id;
}

/** A bulk edit that nobody committed yet, of a workload of its own. */
async function bulkEdit(world: World): Promise<string> {
  const { key } = await freshWorkload(world);
  return made(await world.admin.client.post<{ id: string }>('/workload-bulk-edits', { selection: { keys: [key] }, changes: { add: { tags: [world.text('tag')] } } })).id;
}

/** Routes of `libs/domain/inventory`. */
export const cases: RouteCases = {
  'GET /workloads': {
    ids: ({ admin, component: { id }, workloadImport }) => ({ owner: admin.memberId, riskOwner: admin.memberId, component: id, import: workloadImport.id }),
    call: ({ owner, riskOwner, component: id, import: from }) => ({ path: `/workloads?limit=200&count=true&filter[owner]=${owner}&filter[riskOwner]=${riskOwner}&filter[component]=${id}&filter[import]=${from}` }),
  },
  'POST /workloads': {
    ids: ({ admin }) => ({ owner: admin.memberId }),
    call: ({ owner }, world) => ({ path: '/workloads', body: { name: world.text('new'), kind: 'agent', purpose: world.text('purpose'), team: world.text('team'), riskOwner: owner, processesRealData: 'unknown' } }),
  },
  'GET /workloads/:key': { ids: ({ workload }) => ({ workload: workload.key }), call: ({ workload }) => ({ path: `/workloads/${workload}` }) },
  'PATCH /workloads/:key': { ids: ({ workload }) => ({ workload: workload.id }), call: ({ workload }, world) => ({ path: `/workloads/${workload}`, headers: STAR, body: { description: world.text('description') } }) },
  'PUT /workloads/:key/facts/:fact': { ids: ({ workload }) => ({ workload: workload.key }), call: ({ workload }, world) => ({ path: `/workloads/${workload}/facts/maintained`, body: { value: 'yes', source: world.text('source') } }) },
  'POST /workloads/:key/retire': { ids: async (world) => ({ workload: (await freshWorkload(world)).key }), call: ({ workload }, world) => ({ path: `/workloads/${workload}/retire`, body: { reason: world.text('reason'), record: world.text('record') } }) },
  'POST /workloads/:key/merge': {
    ids: async (world) => ({ workload: (await freshWorkload(world)).key, into: (await freshWorkload(world)).key }),
    call: ({ workload, into }, world) => ({ path: `/workloads/${workload}/merge`, body: { into, reason: world.text('reason') } }),
  },
  'GET /workloads/:key/duplicates': { ids: ({ workload }) => ({ workload: workload.key }), call: ({ workload }) => ({ path: `/workloads/${workload}/duplicates` }) },
  'GET /workloads/:key/history': { ids: ({ workload }) => ({ workload: workload.id }), call: ({ workload }) => ({ path: `/workloads/${workload}/history?limit=200` }) },
  'GET /components': { call: () => ({ path: '/components?limit=200' }) },
  'GET /workloads/:key/components': { ids: ({ workload }) => ({ workload: workload.key }), call: ({ workload }) => ({ path: `/workloads/${workload}/components` }) },
  'PUT /workloads/:key/components': { ids: async (world) => ({ workload: (await freshWorkload(world)).key }), call: ({ workload }, world) => ({ path: `/workloads/${workload}/components`, body: { components: [component(world)] } }) },
  'GET /workloads/:key/relations': { ids: ({ workload }) => ({ workload: workload.key }), call: ({ workload }) => ({ path: `/workloads/${workload}/relations` }) },
  'PUT /workloads/:key/relations': {
    ids: async (world) => ({ workload: (await freshWorkload(world)).key, other: world.workload.key, bulk: world.workload.id }),
    call: ({ workload, other, bulk }, world) => ({ path: `/workloads/${workload}/relations`, body: { relations: [{ type: 'calls', workload: other, note: world.text('note') }, { type: 'feeds', workload: bulk }] } }),
  },
  'GET /workloads/:key/tool-grants': { ids: ({ workload }) => ({ workload: workload.key }), call: ({ workload }) => ({ path: `/workloads/${workload}/tool-grants` }) },
  'PUT /workloads/:key/tool-grants': {
    ids: async (world) => ({ workload: (await freshWorkload(world, { handlesPii: 'no', executesTools: 'yes', processesRealData: 'no' })).key }),
    call: ({ workload }, world) => ({ path: `/workloads/${workload}/tool-grants`, body: { grants: [{ name: world.text('tool'), access: 'read' }] } }),
  },
  'GET /workloads/:key/owners': { ids: ({ workload }) => ({ workload: workload.key }), call: ({ workload }) => ({ path: `/workloads/${workload}/owners` }) },
  'PUT /workloads/:key/owners/:role': {
    ids: async (world) => ({ workload: (await freshWorkload(world)).key, member: world.member.memberId }),
    call: ({ workload, member }) => ({ path: `/workloads/${workload}/owners/${ROLE}`, body: { memberId: member } }),
  },
  'POST /workloads/:key/owners/:role/accept': { ids: async (world) => ({ workload: await proposed(world) }), call: ({ workload }, world) => ({ path: `/workloads/${workload}/owners/${ROLE}/accept`, body: { note: world.text('note') } }) },
  'POST /workloads/:key/owners/:role/decline': { ids: async (world) => ({ workload: await proposed(world) }), call: ({ workload }, world) => ({ path: `/workloads/${workload}/owners/${ROLE}/decline`, body: { note: world.text('note') } }) },
  'DELETE /workloads/:key/owners/:role': { ids: async (world) => ({ workload: await proposed(world) }), call: ({ workload }) => ({ path: `/workloads/${workload}/owners/${ROLE}` }) },
  'PUT /workloads/:key/domain-owners/:edition/:domain': {
    ids: async (world) => ({ workload: (await freshWorkload(world)).key, member: world.member.memberId }),
    call: ({ workload, member }, world) => ({ path: `/workloads/${workload}/domain-owners/${world.domain}`, body: { memberId: member } }),
  },
  'POST /workloads/:key/domain-owners/:edition/:domain/accept': { ids: async (world) => ({ workload: await proposedForDomain(world) }), call: ({ workload }, world) => ({ path: `/workloads/${workload}/domain-owners/${world.domain}/accept`, body: {} }) },
  'POST /workloads/:key/domain-owners/:edition/:domain/decline': { ids: async (world) => ({ workload: await proposedForDomain(world) }), call: ({ workload }, world) => ({ path: `/workloads/${workload}/domain-owners/${world.domain}/decline`, body: {} }) },
  'DELETE /workloads/:key/domain-owners/:edition/:domain': { ids: async (world) => ({ workload: await proposedForDomain(world) }), call: ({ workload }, world) => ({ path: `/workloads/${workload}/domain-owners/${world.domain}` }) },
  'GET /workloads/facets': { ids: ({ admin, component: { id } }) => ({ owner: admin.memberId, component: id }), call: ({ owner, component: id }) => ({ path: `/workloads/facets?fields=team,riskOwner,tags&values=200&filter[owner]=${owner}&filter[component]=${id}` }) },
  'GET /workloads/duplicates': { call: (_ids, world) => ({ path: `/workloads/duplicates?name=${encodeURIComponent(world.text('name'))}&team=${encodeURIComponent(world.text('team'))}` }) },
  'GET /search': { call: (_ids, world) => ({ path: `/search?q=${encodeURIComponent(world.text(''))}` }) },
  'GET /saved-views': { call: () => ({ path: '/saved-views' }) },
  'POST /saved-views': { call: (_ids, world) => ({ path: '/saved-views', body: { name: world.text('view'), query: `filter[team]=${encodeURIComponent(world.text('team'))}`, shared: true } }) },
  'GET /saved-views/:id': { ids: async (world) => ({ view: await savedView(world) }), call: ({ view }) => ({ path: `/saved-views/${view}` }) },
  'PATCH /saved-views/:id': { ids: async (world) => ({ view: await savedView(world) }), call: ({ view }, world) => ({ path: `/saved-views/${view}`, headers: STAR, body: { name: world.text('renamed') } }) },
  'DELETE /saved-views/:id': { ids: async (world) => ({ view: await savedView(world) }), call: ({ view }) => ({ path: `/saved-views/${view}`, headers: STAR }) },
  'POST /workload-bulk-edits': {
    ids: async (world) => ({ workload: (await freshWorkload(world)).key, member: world.member.memberId }),
    call: ({ workload, member }, world) => ({ path: '/workload-bulk-edits', body: { selection: { keys: [workload] }, changes: { set: { team: world.text('team') }, owners: { on_call: member } }, reason: world.text('reason') } }),
  },
  'GET /workload-bulk-edits': { call: () => ({ path: '/workload-bulk-edits?limit=200' }) },
  'GET /workload-bulk-edits/:id': { ids: async (world) => ({ edit: await bulkEdit(world) }), call: ({ edit }) => ({ path: `/workload-bulk-edits/${edit}` }) },
  'GET /workload-bulk-edits/:id/events': { ids: async (world) => ({ edit: await bulkEdit(world) }), call: ({ edit }) => ({ path: `/workload-bulk-edits/${edit}/events` }) },
  'GET /workload-bulk-edits/:id/rows': { ids: async (world) => ({ edit: await bulkEdit(world) }), call: ({ edit }) => ({ path: `/workload-bulk-edits/${edit}/rows?limit=200` }) },
  'POST /workload-bulk-edits/:id/commit': { ids: async (world) => ({ edit: await bulkEdit(world) }), call: ({ edit }) => ({ path: `/workload-bulk-edits/${edit}/commit` }) },
  'POST /workload-bulk-edits/:id/undo': { rightful: 409, ids: async (world) => ({ edit: await bulkEdit(world) }), call: ({ edit }) => ({ path: `/workload-bulk-edits/${edit}/undo` }) },
  'POST /workload-exports': { call: (_ids, world) => ({ path: '/workload-exports', body: { format: 'xlsx', query: `filter[team]=${encodeURIComponent(world.text('team'))}` } }) },
  'GET /workload-exports': { call: () => ({ path: '/workload-exports?limit=200' }) },
  'GET /workload-exports/:id': { ids: ({ workloadExport }) => ({ export: workloadExport.id }), call: ({ export: id }) => ({ path: `/workload-exports/${id}` }) },
  'GET /workload-exports/:id/events': { ids: ({ workloadExport }) => ({ export: workloadExport.id }), call: ({ export: id }) => ({ path: `/workload-exports/${id}/events` }) },
  'GET /workload-exports/:id/content': { ids: ({ workloadExport }) => ({ export: workloadExport.id }), call: ({ export: id }) => ({ path: `/workload-exports/${id}/content` }) },
  'GET /custom-fields': { call: () => ({ path: '/custom-fields?limit=200' }) },
  'POST /custom-fields': { call: (_ids, world) => ({ path: '/custom-fields', body: { key: `made_${Math.random().toString(36).slice(2, 8)}`, label: world.text('label'), type: 'text' } }) },
  'GET /custom-fields/:field': { ids: async (world) => ({ field: await field(world) }), call: ({ field: key }) => ({ path: `/custom-fields/${key}` }) },
  'PATCH /custom-fields/:field': { ids: async (world) => ({ field: await field(world) }), call: ({ field: key }, world) => ({ path: `/custom-fields/${key}`, headers: STAR, body: { label: world.text('renamed') } }) },
  'POST /workload-imports': { call: (_ids, world) => ({ path: '/workload-imports', raw: importForm(world) }) },
  'GET /workload-imports': { call: () => ({ path: '/workload-imports?limit=200' }) },
  'GET /workload-imports/:id': { ids: ({ workloadImport }) => ({ import: workloadImport.id }), call: ({ import: id }) => ({ path: `/workload-imports/${id}` }) },
  'GET /workload-imports/:id/events': { ids: ({ workloadImport }) => ({ import: workloadImport.id }), call: ({ import: id }) => ({ path: `/workload-imports/${id}/events` }) },
  'GET /workload-imports/:id/issues': { ids: ({ workloadImport }) => ({ import: workloadImport.id }), call: ({ import: id }) => ({ path: `/workload-imports/${id}/issues` }) },
  'GET /workload-imports/fields': { call: () => ({ path: '/workload-imports/fields' }) },
  'GET /workload-imports/:id/causes': { ids: ({ workloadImport }) => ({ import: workloadImport.id }), call: ({ import: id }) => ({ path: `/workload-imports/${id}/causes` }) },
  'GET /workload-imports/:id/duplicates': { ids: ({ workloadImport }) => ({ import: workloadImport.id }), call: ({ import: id }) => ({ path: `/workload-imports/${id}/duplicates` }) },
  'POST /workload-imports/:id/reread': {
    ids: async (world) => {
      const { id } = made(await world.admin.client.send<{ id: string }>('POST', '/workload-imports', { raw: importForm(world) }));
      made(await world.admin.client.post(`/workload-imports/${id}/cancel`, {}));
      return { import: id };
    },
    call: ({ import: id }) => ({ path: `/workload-imports/${id}/reread`, body: { useRemembered: true } }),
  },
  'GET /workload-imports/:id/rows': { ids: ({ workloadImport }) => ({ import: workloadImport.id }), call: ({ import: id }) => ({ path: `/workload-imports/${id}/rows` }) },
  'GET /workload-imports/:id/rejected.csv': { ids: ({ workloadImport }) => ({ import: workloadImport.id }), call: ({ import: id }) => ({ path: `/workload-imports/${id}/rejected.csv` }) },
  'POST /workload-imports/:id/cancel': {
    ids: async (world) => ({ import: made(await world.admin.client.send<{ id: string }>('POST', '/workload-imports', { raw: importForm(world) })).id }),
    call: ({ import: id }) => ({ path: `/workload-imports/${id}/cancel` }),
  },
  'POST /workload-imports/:id/commit': { ids: ({ dryRun }) => ({ import: dryRun.id }), call: ({ import: id }) => ({ path: `/workload-imports/${id}/commit` }) },
  'POST /workload-imports/:id/rollback': { rightful: 409, ids: ({ dryRun }) => ({ import: dryRun.id }), call: ({ import: id }) => ({ path: `/workload-imports/${id}/rollback` }) },
};
