import { describe, expect, it } from '@jest/globals';
import { render } from '@testing-library/react';
import { useMemo, type ReactNode } from 'react';
import { currentCommands, useCommands, type Command } from './commands.js';

const command = (label: string): Command => ({ id: 'members.invite', label, group: 'Acts', run: () => undefined });

function Everywhere({ children = null, label = 'from anywhere' }: { children?: ReactNode; label?: string }) {
  useCommands(useMemo(() => [command(label)], [label]), 'everywhere');
  return children;
}
function OnPage({ label = 'on this page' }: { label?: string }) {
  useCommands(useMemo(() => [command(label)], [label]));
  return null;
}
const labels = (): string[] => currentCommands().map(({ label }) => label);

describe('a command that a page offers under the id of one that is there everywhere', () => {
  it('is the one that is given, whichever was drawn first or again', () => {
    const { rerender, unmount } = render(<Everywhere><OnPage /></Everywhere>);
    expect(labels()).toEqual(['on this page']);
    rerender(<Everywhere label="from anywhere, again"><OnPage /></Everywhere>);
    expect(labels()).toEqual(['on this page']);
    rerender(<Everywhere label="from anywhere, again" />);
    expect(labels()).toEqual(['from anywhere, again']);
    unmount();
    expect(labels()).toEqual([]);
  });
});
