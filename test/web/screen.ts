import type { Page } from 'playwright-core';
import type { Person } from '../e2e/person.js';

/** An address with an id that only the API knows. */
export interface FoundPath {
  /** As the route file is named: `/evidence/$id`. */
  readonly route: string;
  readonly find: (api: Person) => Promise<string>;
}

/**
 * One screen in one state, walked by the accessibility and picture suites in light and dark, at two widths, mirrored and stretched.
 * It is shown to the first member of the demo organization, whose data is the same in every run and whose clock stands still.
 */
export interface Screen {
  /** Unique; also the file name of its pictures, such as `inventory` or `inventory-empty`. */
  readonly name: string;
  /** Address; with the route it belongs to and a way to find it where it needs an id from the API. */
  readonly path: string | FoundPath;
  /** What a person does to get into this state; once, after the page has been opened and is at rest. */
  readonly act?: (page: Page) => Promise<unknown>;
  /** Resolves when the page shows what the screen is about; asked again after the window has changed its size. The page is waited for to be at rest anyway. */
  readonly ready: (page: Page) => Promise<unknown>;
  /** `stranger`: before the sign-in. `newcomer`: an organization without anything in it. */
  readonly who?: 'demo' | 'newcomer' | 'stranger';
  /** What changes between runs by nature (random secrets), as selectors painted over in pictures. */
  readonly mask?: readonly string[];
  /** No pictures, only accessibility. */
  readonly pictures?: false;
  /** Also looked at in the pseudo languages, one of them mirrored. `ready` is not used there: the words are others. */
  readonly mirrored?: true;
}

/**
 * The address of the first item of a list.
 * @param route as the route file is named, with one parameter: `/evidence/$id`
 * @param list query of the API, limit 1
 * @param field of the item that the address carries
 */
export const firstOf = (route: string, list: string, field: 'id' | 'key' = 'id'): FoundPath => ({
  route,
  find: async (api) => {
    const { items: [item] } = await api.get<{ items: readonly { readonly id: string; readonly key?: string }[] }>(list);
    const value = item?.[field];
    if (value === undefined) throw new Error(`The demo has nothing under ${list}`);
    return route.replace(/\$\w+/, value);
  },
});
