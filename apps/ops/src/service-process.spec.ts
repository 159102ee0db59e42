import { describe, expect, it } from '@jest/globals';
import { lastErrors } from './service-process.js';

describe('lastErrors', () => {
  it('shows the last serious lines of a log and what is no JSON, nothing else', () => {
    const log = [
      '{"level":30,"msg":"Listening"}', '{"level":50,"msg":"one"}', '{"level":60,"msg":"The API could not start","err":{"message":"PORT: expected a port"}}', '',
      '{"level":40,"msg":"only a warning"}', 'file:///x.js:3', '      throw it;', '            ^', '', 'Error: it crashed', '    at run (file:///x.js:3:9)', '', 'Node.js v20.20.2',
    ].join('\n');
    expect(lastErrors(log)).toBe('one\n  The API could not start: PORT: expected a port\n  Error: it crashed');
    expect(lastErrors('{"level":30,"msg":"fine"}\n')).toBe('');
  });
  it('says the same thing once', () => {
    expect(lastErrors('{"level":60,"msg":"broken","err":{"message":"broken"}}')).toBe('broken');
  });
});
