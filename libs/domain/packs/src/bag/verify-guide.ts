import { PACK_FILES } from '@roster/pack-verify';

/**
 * Text of VERIFY.md: how anybody checks the pack with tools every system has. The commands are run as written by the tests.
 * @param root folder inside the archive
 * @param fingerprint of the signing key
 */
export const verifyGuide = ({ root, fingerprint, organization, asOf }: { root: string; fingerprint: string; organization: string; asOf: string }): string => `# How to verify this evidence pack

Organization: ${organization}
As of: ${asOf}

Nothing here needs an account, a network or software of the publisher. Required: \`unzip\`, \`sha256sum\`, \`openssl\` 3 or newer, a POSIX shell.
With Roster's own command line, \`roster pack verify <file>\` does all of this and also checks every trail entry.

## 1. Unpack and check that nothing was changed, removed or added

Every command must succeed; the first one that does not has found something.

\`\`\`sh
set -e
unzip -q -t "$PACK"
unzip -q "$PACK" -d "$WORK"
cd "$WORK/${root}"
sha256sum --quiet --strict -c ${PACK_FILES.manifest}
sha256sum --quiet --strict -c ${PACK_FILES.tagManifest}
{ cut -c67- ${PACK_FILES.manifest} ${PACK_FILES.tagManifest}; echo ${PACK_FILES.tagManifest}; echo ${PACK_FILES.attestation}; } | LC_ALL=C sort > ../listed
find . -type f | cut -c3- | LC_ALL=C sort > ../present
diff ../listed ../present
\`\`\`

\`PACK\` is this pack's file, \`WORK\` an empty folder.

## 2. Check the signature

\`\`\`sh
sed 's/.*"payload":"\\([^"]*\\)".*/\\1/' ${PACK_FILES.attestation} | base64 -d > ../statement.json
sed 's/.*"sig":"\\([^"]*\\)".*/\\1/' ${PACK_FILES.attestation} | base64 -d > ../signature.bin
printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < ../statement.json)" | cat - ../statement.json > ../signed.bin
openssl pkeyutl -verify -pubin -inkey ${PACK_FILES.signingKey} -rawin -in ../signed.bin -sigfile ../signature.bin
grep -q "\\"name\\":\\"${PACK_FILES.manifest}\\"" ../statement.json
grep -q "$(sha256sum < ${PACK_FILES.manifest} | cut -c1-64)" ../statement.json
grep -q "$(sha256sum < ${PACK_FILES.tagManifest} | cut -c1-64)" ../statement.json
\`\`\`

## 3. Check who signed

A signature only says "the owner of this key". Compare the fingerprint of the key with the one that the publisher shows somewhere else:

\`\`\`sh
openssl pkey -pubin -in ${PACK_FILES.signingKey} -outform DER | sha256sum | cut -c1-64 | grep -x ${fingerprint}
\`\`\`

Expected: \`${fingerprint}\`

## What is in here

- \`data/completeness.json\`: which workloads were asked for, how many there are, a digest over them, and everything that was left out with the reason.
- \`data/inventory.csv\`, \`data/inventory.json\`: the workloads. \`data/workloads/<id>.json\`: one workload with owners, coverage, classification, reviews, drills.
- \`data/evidence/\`: the evidence files. \`data/evidence-index.json\`: what each one is and what it supports.
- \`log/\`: the trail of these workloads. \`entries.jsonl\` are the recorded entries, \`proofs.jsonl\` their inclusion proofs (RFC 6962), \`disclosures.jsonl\` their contents,
  \`checkpoint\` the signed head of the tree (https://c2sp.org/tlog-checkpoint). Line n of each file belongs to line n of the others.
- \`${PACK_FILES.attestation}\`: the signed statement (in-toto v1 in a DSSE envelope).
- The rest is BagIt 1.0 (RFC 8493).
`;
