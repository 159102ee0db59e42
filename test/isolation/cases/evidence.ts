import type { RouteCases } from '../route-case.js';
import { exceptionFor, freshEvidence, freshException, freshUpload, freshWorkload, TUS } from '../world.js';

const NOT_EVIDENCE_YET = 'an upload is not evidence until a submission names it; the submission leaves the entry';

/** Routes of `libs/domain/evidence`. */
export const cases: RouteCases = {
  'POST /evidence': {
    ids: ({ workload }) => ({ workload: workload.key, bulk: workload.id }),
    call: ({ workload, bulk }, world) => ({ path: '/evidence', body: { kind: 'link', title: world.text('evidence'), url: 'https://example.test/', links: [{ workload, criterion: world.criterion }, { workload: bulk, criterion: null }] } }),
  },
  'GET /evidence': { ids: ({ workload }) => ({ workload: workload.key }), call: ({ workload }) => ({ path: `/evidence?limit=200&filter[workload]=${workload}` }) },
  'GET /evidence/:id': { ids: ({ evidence }) => ({ evidence: evidence.id }), call: ({ evidence }) => ({ path: `/evidence/${evidence}` }) },
  'POST /evidence/:id/versions': { ids: ({ evidence }) => ({ evidence: evidence.id }), call: ({ evidence }, world) => ({ path: `/evidence/${evidence}/versions`, body: { url: 'https://example.test/2', notes: world.text('notes') } }) },
  'POST /evidence/:id/versions/:version/decision': {
    as: 'second', ids: async (world) => ({ evidence: (await freshEvidence(world)).id }),
    call: ({ evidence }, world) => ({ path: `/evidence/${evidence}/versions/1/decision`, body: { decision: 'accept', comment: world.text('comment') } }),
  },
  'GET /evidence/:id/versions/:version/content': { ids: ({ file }) => ({ file: file.id }), call: ({ file }) => ({ path: `/evidence/${file}/versions/1/content` }) },
  'POST /evidence/:id/links': {
    ids: async (world) => ({ evidence: (await freshEvidence(world)).id, workload: world.workload.key }),
    call: ({ evidence, workload }, world) => ({ path: `/evidence/${evidence}/links`, body: { links: [{ workload, criterion: world.criterion }] } }),
  },
  'POST /evidence/:id/links/:linkId/decision': {
    as: 'second',
    ids: async (world) => { const { id, links } = await freshEvidence(world, [{ workload: world.workload.key, criterion: null }]); return { evidence: id, link: links[0]?.id ?? '' }; },
    call: ({ evidence, link }) => ({ path: `/evidence/${evidence}/links/${link}/decision`, body: { decision: 'accept' } }),
  },
  'DELETE /evidence/:id/links/:linkId': {
    ids: async (world) => { const { id, links } = await freshEvidence(world, [{ workload: world.workload.key, criterion: null }]); return { evidence: id, link: links[0]?.id ?? '' }; },
    call: ({ evidence, link }) => ({ path: `/evidence/${evidence}/links/${link}` }),
  },
  'GET /evidence/:id/versions/:version/preview': { ids: ({ file }) => ({ file: file.id }), call: ({ file }) => ({ path: `/evidence/${file}/versions/1/preview` }) },
  'OPTIONS /uploads': { call: () => ({ path: '/uploads' }), leavesNoTrail: 'changes nothing' },
  'POST /uploads': { call: (_ids, world) => ({ path: '/uploads', headers: { ...TUS, 'upload-length': '5', 'upload-metadata': `filename ${Buffer.from(`${world.text('name')}.txt`).toString('base64')}` } }), leavesNoTrail: NOT_EVIDENCE_YET },
  'HEAD /uploads/:id': { ids: async (world) => ({ upload: (await freshUpload(world)).id }), call: ({ upload }) => ({ path: `/uploads/${upload}`, headers: TUS }), leavesNoTrail: 'changes nothing' },
  'PATCH /uploads/:id': {
    ids: async (world) => ({ upload: (await freshUpload(world)).id }),
    call: ({ upload }) => ({ path: `/uploads/${upload}`, raw: 'hello', headers: { ...TUS, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' } }), leavesNoTrail: NOT_EVIDENCE_YET,
  },
  'DELETE /uploads/:id': { ids: async (world) => ({ upload: (await freshUpload(world)).id }), call: ({ upload }) => ({ path: `/uploads/${upload}`, headers: TUS }), leavesNoTrail: NOT_EVIDENCE_YET },
  'POST /exceptions': { ids: async (world) => ({ workload: (await freshWorkload(world)).key }), call: ({ workload }, world) => ({ path: '/exceptions', body: exceptionFor(world, workload ?? '') }) },
  'GET /exceptions': { ids: ({ workload }) => ({ workload: workload.id }), call: ({ workload }) => ({ path: `/exceptions?limit=200&filter[workload]=${workload}` }) },
  'GET /exceptions/:id': { ids: ({ exception }) => ({ exception: exception.id }), call: ({ exception }) => ({ path: `/exceptions/${exception}` }) },
  'POST /exceptions/:id/decision': {
    as: 'second', ids: async (world) => ({ exception: (await freshException(world)).id }),
    call: ({ exception }, world) => ({ path: `/exceptions/${exception}/decision`, body: { decision: 'approve', comment: world.text('comment') } }),
  },
  'POST /exceptions/:id/withdraw': { ids: async (world) => ({ exception: (await freshException(world)).id }), call: ({ exception }, world) => ({ path: `/exceptions/${exception}/withdraw`, body: { reason: world.text('reason') } }) },
  'GET /workloads/:key/coverage': { ids: ({ workload }) => ({ workload: workload.key }), call: ({ workload }) => ({ path: `/workloads/${workload}/coverage` }) },
};
