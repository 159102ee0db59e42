/** What the generator needs of a tree of files. */
export interface FileTree {
  read(path: string, encoding: 'utf8'): string | null;
  write(path: string, content: string): void;
  exists(path: string): boolean;
}
export default function slice(tree: FileTree, options: { readonly area: string; readonly noun: string; readonly migration: string }): Promise<() => void>;
