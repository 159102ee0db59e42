import { useElementSize } from '@mantine/hooks';
import { useLingui } from '@lingui/react/macro';
import { useId, type MouseEvent } from 'react';
import { layoutRelations, type GraphLayout, type GraphNeighbour, type GraphRelation } from './relation-layout.js';
import classes from './relation-graph.module.css';

/** The words of a relation, read from the workload in the middle. */
export function useRelationWords(): (type: GraphRelation['type'], direction: GraphRelation['direction']) => string {
  const { t } = useLingui();
  return (type, direction) => {
    const words = { calls: [t`calls`, t`called by`], feeds: [t`feeds`, t`fed by`], shares_component: [t`shares a component with`, t`shares a component with`], replaces: [t`replaces`, t`replaced by`] }[type];
    return (direction === 'outgoing' ? words[0] : words[1]) ?? type;
  };
}

export interface RelationGraphProps {
  readonly workload: { readonly key: string; readonly name: string };
  readonly relations: readonly GraphRelation[];
  /** Address of a workload's page. */
  readonly hrefOf: (key: string) => string;
  /** Opens it without loading the page anew. */
  readonly onOpen?: (key: string) => void;
}

/**
 * What a workload calls, feeds, shares components with and replaces, drawn in layers around it. Every node is a link; those who cannot see the
 * drawing read the same as sentences.
 */
export function RelationGraph({ workload, relations, hrefOf, onOpen }: RelationGraphProps) {
  const { t } = useLingui();
  const words = useRelationWords();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const arrow = useId();
  const { name } = workload;
  // Nothing is drawn before the room is known: a drawing that jumps is worse than one a moment later.
  const layout = width > 0 ? layoutRelations(relations, Math.max(width, 280)) : null;
  const follow = (key: string) => (event: MouseEvent) => {
    if (!onOpen || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(key);
  };
  const shown = (types: GraphNeighbour['types'], side: GraphNeighbour['side']): string => types.map((type) => words(type, side === 'before' ? 'incoming' : 'outgoing')).join(', ');
  return (
    <div ref={ref} className={classes.frame}>
      {layout ? (
        <svg width={layout.width} height={layout.height} viewBox={`0 0 ${layout.width} ${layout.height}`} className={classes.drawing} role="group" aria-label={t`Relations of ${name}`}>
          <defs>
            <marker id={arrow} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0.5 0.8 7 4 0.5 7.2" className={classes.head} /></marker>
          </defs>
          {layout.neighbours.map((node) => <Edge key={`${node.side} ${node.workload}`} layout={layout} node={node} label={shown(node.types, node.side)} arrow={`url(#${arrow})`} />)}
          {layout.neighbours.map((node) => {
            const verb = shown(node.types, node.side);
            const { name: other, workload: key } = node;
            return (
              <a key={`${node.side} ${key}`} href={hrefOf(key)} onClick={follow(key)} className={classes.node}>
                <title>{t`${name} ${verb} ${other} (${key})`}</title>
                <Box x={node.x} y={node.y} layout={layout} title={other} code={key} verb={layout.stacked ? verb : null} />
              </a>
            );
          })}
          <g className={classes.center}><title>{`${workload.name} (${workload.key})`}</title><Box x={layout.center.x} y={layout.center.y} layout={layout} title={workload.name} code={workload.key} /></g>
        </svg>
      ) : null}
    </div>
  );
}

/** Roughly the width of a letter of 13 px Inter, in CSS pixels: names that do not fit are cut here and whole in the title. */
const LETTER = 6.9;
const MONO_LETTER = 7.1;

function Box({ x, y, layout, title, code, verb = null }: { x: number; y: number; layout: GraphLayout; title: string; code: string; verb?: string | null }) {
  const room = Math.floor((layout.node.width - 20) / LETTER);
  const codeRoom = Math.floor((layout.node.width - 20) / MONO_LETTER);
  const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, Math.max(1, max - 1))}…` : text);
  return (
    <>
      <rect x={x} y={y} width={layout.node.width} height={layout.node.height} rx={4} className={classes.box} />
      <text x={x + 10} y={y + 18} className={classes.name}>{cut(title, room)}</text>
      {verb === null ? <text x={x + 10} y={y + 35} className={classes.code}>{cut(code, codeRoom)}</text> : <text x={x + 10} y={y + 35} className={classes.verb}>{cut(verb, room)}</text>}
    </>
  );
}

const HEAD = 3;

function Edge({ layout, node, label, arrow }: { layout: GraphLayout; node: GraphNeighbour; label: string; arrow: string }) {
  const { center, node: size, stacked } = layout;
  const half = size.height / 2;
  const before = node.side === 'before';
  const sharing = node.types.every((type) => type === 'shares_component');
  const style = `${classes.edge} ${node.types.includes('calls') ? '' : node.types.includes('feeds') ? classes.feeds : node.types.includes('replaces') ? classes.replaces : classes.shares}`;
  const [from, to] = before ? [node, center] : [center, node];
  if (stacked) {
    // A line in the gutter, further out the further away the other end is.
    const distance = Math.abs(node.y - center.y) / (size.height + 14);
    const out = Math.max(4, from.x - 12 - distance * 6);
    const path = `M${from.x - HEAD} ${from.y + half + (before ? 0 : 4)} C${out} ${from.y + half}, ${out} ${to.y + half}, ${to.x - HEAD} ${to.y + half + (before ? -4 : 0)}`;
    return (
      <g>
        <path d={path} className={style} markerEnd={sharing ? undefined : arrow} />
      </g>
    );
  }
  const [x1, x2] = [from.x + size.width + HEAD, to.x - HEAD];
  const [y1, y2] = [from.y + half, to.y + half];
  const bend = (x2 - x1) / 2;
  const labelX = before ? x1 + 8 : x2 - 8;
  return (
    <g>
      <path d={`M${x1} ${y1} C${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`} className={style} markerEnd={sharing ? undefined : arrow} />
      <text x={labelX} y={(before ? y1 : y2) - 6} textAnchor={before ? 'start' : 'end'} className={classes.label}>{label}</text>
    </g>
  );
}
