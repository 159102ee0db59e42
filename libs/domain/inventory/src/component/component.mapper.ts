import type { ComponentDto, DeclareComponentDto, DeclaredComponentDto } from './component.dto.js';
import type { ComponentRow, DeclaredComponentRow, NamedComponent } from './component.repository.js';

const orNull = (text: string): string | null => (text === '' ? null : text);
const trimmed = (text: string | null | undefined): string => text?.trim() ?? '';

export const toComponentDto = ({ id, type, provider, name, pinnedVersion, hosting, lockIn, reference, workloads }: ComponentRow): ComponentDto =>
  ({ id, type, provider: orNull(provider), name, version: orNull(pinnedVersion), hosting, lockIn, reference, workloads });

export const toDeclaredComponentDto = (row: DeclaredComponentRow): DeclaredComponentDto => ({ ...toComponentDto(row), usage: row.usage, addedAt: row.addedAt });

/** Blank counts as not stated, so that spellings of nothing do not make two components. */
export const toNamedComponent = ({ type, provider, name, version, hosting, lockIn, reference, usage }: DeclareComponentDto): NamedComponent => ({
  type, provider: trimmed(provider), name: name.trim(), pinnedVersion: trimmed(version), hosting: hosting === undefined ? undefined : orNull(trimmed(hosting)), lockIn,
  reference: reference === undefined ? undefined : orNull(trimmed(reference)), usage: orNull(trimmed(usage)),
});

/** How a component is called in the trail and in history. */
export const componentText = ({ type, provider, name, pinnedVersion }: Pick<NamedComponent, 'type' | 'provider' | 'name' | 'pinnedVersion'>): string =>
  [type, provider, name, pinnedVersion].filter((part) => part !== '').join(' ');
