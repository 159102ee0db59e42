import { useLingui } from '@lingui/react/macro';
import type { PackCheckId } from '@roster/pack-verify';

export interface CheckGroup {
  readonly id: string;
  readonly title: string;
  readonly checks: readonly { readonly id: PackCheckId; readonly title: string }[];
}

/** The checks of a pack in words, in the order in which they are made. */
export function useCheckGroups(): readonly CheckGroup[] {
  const { t } = useLingui();
  return [
    {
      id: 'container', title: t`The file`,
      checks: [
        { id: 'container.readable', title: t`The archive can be read to its end` },
        { id: 'container.layout', title: t`Every byte between the files is the one a genuine pack has there` },
      ],
    },
    {
      id: 'content', title: t`What is in it`,
      checks: [
        { id: 'bag.declaration', title: t`It declares the BagIt 1.0 form` },
        { id: 'payload.complete', title: t`No data file was removed or added` },
        { id: 'payload.intact', title: t`Every data file has the digest of the manifest` },
        { id: 'payload.oxum', title: t`Number and size of the data files are as declared` },
        { id: 'tags.complete', title: t`No tag file was removed or added` },
        { id: 'tags.intact', title: t`Every tag file has the digest of the tag manifest` },
      ],
    },
    {
      id: 'signature', title: t`Who signed it`,
      checks: [
        { id: 'signature.envelope', title: t`The statement carries a valid signature` },
        { id: 'signature.key', title: t`The signing key is the one you trust` },
        { id: 'statement.subjects', title: t`The signed statement names these manifests` },
        { id: 'statement.counts', title: t`The signed statement gives these counts` },
      ],
    },
    {
      id: 'trail', title: t`The trail behind it`,
      checks: [
        { id: 'log.checkpoint', title: t`The checkpoint is signed by the log and is the one in the statement` },
        { id: 'log.inclusion', title: t`Every trail entry of the pack is in the trail` },
        { id: 'log.disclosures', title: t`What the pack discloses of each entry is what was recorded` },
        { id: 'log.consistency', title: t`The trail continues the one of the earlier pack` },
      ],
    },
  ];
}
