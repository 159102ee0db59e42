import { readFileSync, readdirSync } from 'node:fs';
import type { ClassificationTree } from './classification-tree.js';
import { parseTree } from './classification-tree.js';

const TREES = new URL('../../trees/', import.meta.url);
const SCHEMA = 'classification-tree.schema.json';
/** The tree that organizations are classified by. Another one is adopted by naming it here after an impact preview. */
export const CURRENT_TREE = 'pai-2026-05';

/** The trees that ship with the product, read and checked once at start. */
export class TreeRegistry {
  private readonly trees: ReadonlyMap<string, ClassificationTree>;

  constructor() {
    const schema = readJson(SCHEMA);
    if (typeof schema !== 'object' || schema === null) throw new Error(`${SCHEMA} is not a JSON schema`);
    const files = readdirSync(TREES).filter((name) => name.endsWith('.json') && name !== SCHEMA).sort();
    this.trees = new Map(files.map((name) => {
      const tree = parseTree(readJson(name), schema);
      if (`${tree.id}.json` !== name) throw new Error(`The tree file ${name} holds the tree ${tree.id}; the names must agree`);
      return [tree.id, tree];
    }));
  }

  /** The tree in force. */
  current(): ClassificationTree {
    const tree = this.trees.get(CURRENT_TREE);
    if (!tree) throw new Error(`The tree ${CURRENT_TREE} is missing`);
    return tree;
  }

  find(id: string): ClassificationTree | null {
    return this.trees.get(id) ?? null;
  }

  ids(): string[] {
    return [...this.trees.keys()];
  }
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, TREES), 'utf8'));
}
