import { describe, expect, it } from '@jest/globals';
import { isCrossSite } from './cross-site.js';

const PUBLIC = 'https://roster.example.com';
const post = { method: 'POST', secFetchSite: undefined, origin: undefined, host: 'roster.example.com' };

describe('cross-site requests', () => {
  it.each(['cross-site', 'same-site', '', 'anything'])('refuses a write with Sec-Fetch-Site %p, whatever the Origin says', (secFetchSite) => {
    expect(isCrossSite({ ...post, secFetchSite, origin: PUBLIC }, PUBLIC)).toBe(true);
  });

  it.each(['same-origin', 'none'])('lets a write with Sec-Fetch-Site %s pass', (secFetchSite) => {
    expect(isCrossSite({ ...post, secFetchSite }, PUBLIC)).toBe(false);
  });

  it.each(['https://evil.example', 'null', 'https://roster.example.com.evil.example', 'https://roster.example.com:8443'])('refuses the foreign Origin %s', (origin) => {
    expect(isCrossSite({ ...post, origin }, PUBLIC)).toBe(true);
  });

  it('accepts the public origin, and the host that was asked', () => {
    expect(isCrossSite({ ...post, origin: PUBLIC, host: 'internal:3000' }, PUBLIC)).toBe(false);
    expect(isCrossSite({ ...post, origin: 'http://localhost:3000', host: 'localhost:3000' }, PUBLIC)).toBe(false);
    expect(isCrossSite({ ...post, origin: 'http://localhost:3000', host: undefined }, PUBLIC)).toBe(true);
  });

  it('lets clients that are no browsers, and reads, pass', () => {
    expect(isCrossSite(post, PUBLIC)).toBe(false);
    for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(isCrossSite({ ...post, method, secFetchSite: 'cross-site' }, PUBLIC)).toBe(false);
    for (const method of ['PUT', 'PATCH', 'DELETE']) expect(isCrossSite({ ...post, method, secFetchSite: 'cross-site' }, PUBLIC)).toBe(true);
  });
});
