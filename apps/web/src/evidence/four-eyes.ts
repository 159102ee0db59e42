import { useLingui } from '@lingui/react/macro';
import { useMe } from '../session/me.js';
import { memberBehind, type EvidenceLink, type EvidenceVersion } from './evidence.queries.js';

/** Why a version cannot be decided now, besides the permission; null when it can. */
export function useVersionRefusal(): (version: EvidenceVersion) => string | null {
  const { t } = useLingui();
  const { member } = useMe();
  return ({ status, submittedBy }) => {
    if (status === 'quarantined') return t`The virus scanner has not answered yet. It can be decided once it has.`;
    if (status !== 'submitted') return t`This version was decided already, which is final. Submit a new version.`;
    if (memberBehind(submittedBy) !== member.id) return null;
    return submittedBy.type === 'api_key' ? t`Your API key submitted this version. Four eyes: somebody else who may decide has to.` : t`You submitted this version. Four eyes: somebody else who may decide has to.`;
  };
}

/** Why a link cannot be decided by this person; null when it can. */
export function useLinkRefusal(): (link: EvidenceLink) => string | null {
  const { t } = useLingui();
  const { member } = useMe();
  return ({ status, proposedBy }) => {
    if (status !== 'proposed') return t`This link was decided already. Remove it and make a new one.`;
    return memberBehind(proposedBy) === member.id ? t`You made this link. Four eyes: somebody else who may decide has to.` : null;
  };
}
