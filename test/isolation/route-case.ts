import type { SignedInClient, TestRequest } from '@roster/testing';
import type { Furniture } from './world.js';

/** Ids of one organization that a request names. A workload may stand for two: its key and its id. */
export type Ids = Readonly<Record<string, string>>;

/** One organization with something of everything in it. */
export interface World extends Furniture {
  readonly admin: SignedInClient;
  /** A second person who may do everything, for four eyes. */
  readonly second: SignedInClient;
  /** A text that nobody outside the organization may ever see. */
  text(what: string): string;
}

export interface Call extends TestRequest {
  /** Path below /api/v1, with the query. */
  readonly path: string;
}

/** How the matrix calls one route. */
export interface RouteCase {
  /** The ids the request names, fresh where the rightful call uses them up. Every one of them is replaced by the victim's, one at a time. */
  readonly ids?: (world: World) => Ids | Promise<Ids>;
  /** The request with these ids. */
  readonly call: (ids: Ids, world: World) => Call | Promise<Call>;
  /** Who makes the rightful call: the second person where four eyes are asked for. */
  readonly as?: 'second';
  /** Status of the rightful call, when it is not 2xx because the state that it needs takes a worker. Never 400, 401, 403, 404 or 422. */
  readonly rightful?: number;
  /** Why a successful write leaves no trail entry; a write without a reason must leave at least one. */
  readonly leavesNoTrail?: string;
  /** The position of a secret that is the right itself: whoever holds it sees what it opens, from wherever they come. */
  readonly shownToWhoeverHolds?: string;
  /** Why the route cannot be called as it stands, such as a stream that only ends with its operation. The attacks still run. */
  readonly noRightfulCall?: string;
  /** The answer to a foreign id in a position, when it differs from: path 404; query 200, 400, 404 or 422; body 404 or 422. */
  readonly foreign?: Readonly<Record<string, readonly number[]>>;
}

/** Entries of one area: `METHOD /path with :parameters` below /api/v1. */
export type RouteCases = Readonly<Record<string, RouteCase>>;

