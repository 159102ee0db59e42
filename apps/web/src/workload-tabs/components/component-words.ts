import { useLingui } from '@lingui/react/macro';
import type { ComponentType } from '@roster/contracts';
import type { Meaning } from '@roster/ui';
import type { Component, ToolGrant } from '../tabs.queries.js';

/** The words of component types, lock-in levels and kinds of access. */
export function useComponentWords(): { types: Record<ComponentType, string>; lockIn: Record<Component['lockIn'], { word: string; meaning: Meaning }>; access: Record<ToolGrant['access'], string> } {
  const { t } = useLingui();
  return {
    types: { model: t`Model`, dataset: t`Dataset`, index: t`Index`, prompt: t`Prompt`, tool: t`Tool`, mcp_server: t`MCP server`, framework: t`Framework`, service: t`Service` },
    lockIn: {
      none: { word: t`None`, meaning: 'met' }, low: { word: t`Low`, meaning: 'neutral' }, medium: { word: t`Medium`, meaning: 'information' }, high: { word: t`High`, meaning: 'attention' }, unknown: { word: t`Unknown`, meaning: 'unknown' },
    },
    access: { read: t`Read`, write: t`Write`, read_write: t`Read and write` },
  };
}
