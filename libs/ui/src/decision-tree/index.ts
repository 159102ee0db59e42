export { DecisionTree, type DecisionTreeProps } from './decision-tree.js';
export { FactRow, SourceText, type RenderSource } from './fact-row.js';
export { ProvenanceMark } from './provenance-mark.js';
export { GapList, NextStageTasks, type GapListProps, type RenderTask } from './gap-list.js';
export { FreezeBanner, type FreezeBannerProps } from './freeze-banner.js';
export { StageShift } from './stage-shift.js';
export { arrange, branchGroups, countOfGaps, groupGaps, nextStage, type BranchGroup, type GapGroup, type TreeBranch, type TreeFact, type TreeFreeze, type TreeGap, type TreeQuestion, type TreeResult } from './tree-result.js';
export { IDS_AS_NAMES, useAnswerWords, useAnswersPhrase, useDrillKindWords, useEvidenceKindWords, useGapWords, useOwnerRoleWords, useProvenanceWords, useStatementWords, useTriggerWords, type GapNames } from './words.js';
