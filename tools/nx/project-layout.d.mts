/** Where a project stands: see project-layout.mjs. */
export interface ProjectPlace {
  readonly root: string;
  readonly floor: number | 'client' | 'client-app' | 'testing';
  readonly scope: string;
  readonly tags: readonly string[];
}
export const DOMAIN_EDGES: Readonly<Record<string, readonly string[]>>;
export const DEPENDENCY_CONSTRAINTS: readonly { readonly sourceTag: string; readonly onlyDependOnLibsWithTags: readonly string[] }[];
export function placeOf(root: string): ProjectPlace | null;
export function mayImport(from: ProjectPlace, to: ProjectPlace): boolean;
