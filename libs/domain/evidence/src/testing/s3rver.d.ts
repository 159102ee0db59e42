/** The part of s3rver (which ships no types) that tests use. */
declare module 's3rver' {
  import type { AddressInfo } from 'node:net';

  export default class S3rver {
    constructor(options: { address?: string; port?: number; silent?: boolean; directory?: string; resetOnClose?: boolean; configureBuckets?: { name: string; configs: readonly string[] }[] });
    run(): Promise<AddressInfo>;
    close(): Promise<void>;
  }
}
