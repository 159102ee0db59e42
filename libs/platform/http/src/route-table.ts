import { Injectable, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ROUTE_ACCESS, type RouteAccess } from './route-access.decorator.js';

export interface RouteEntry {
  readonly method: string;
  /** Full path with parameters as `:name`. */
  readonly path: string;
  readonly controller: string;
  readonly handler: string;
  readonly access: RouteAccess | null;
}

/** Every route of the running process with what it demands. The source of the permission table and of the isolation matrix. */
@Injectable()
export class RouteTable {
  constructor(private readonly discovery: DiscoveryService, private readonly scanner: MetadataScanner, private readonly reflector: Reflector) {}

  entries(): RouteEntry[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, unknown>;
      const base = pathsOf(Reflect.getMetadata('path', metatype));
      return this.scanner.getAllMethodNames(prototype).flatMap((handler) => {
        const method = prototype[handler];
        if (typeof method !== 'function') return [];
        const verb = Reflect.getMetadata('method', method) as RequestMethod | undefined;
        if (verb === undefined) return [];
        const access = this.reflector.get<RouteAccess | undefined>(ROUTE_ACCESS, method as () => unknown) ?? null;
        return base.flatMap((prefix) => pathsOf(Reflect.getMetadata('path', method)).map((path) => ({
          method: RequestMethod[verb] ?? 'ALL', path: `/api/v1/${prefix}/${path}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1'), controller: metatype.name, handler, access,
        })));
      });
    }).sort((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`));
  }

  /** @throws Error listing routes without a declaration: nothing is open by default */
  assertDeclared(): void {
    const open = this.entries().filter((route) => route.access === null);
    if (open.length > 0) throw new Error(`These routes declare no access: ${open.map((r) => `${r.method} ${r.path} (${r.controller}.${r.handler})`).join(', ')}`);
  }
}

const pathsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [typeof value === 'string' ? value : '']);
