import { describe, expect, it } from '@jest/globals';
import { readWorkloadFields } from './workload-input.js';

describe('readWorkloadFields', () => {
  it('trims, keeps apart absent and null, and leaves out what is not plain', () => {
    expect(readWorkloadFields({ name: ' Bot ', team: undefined, runsOn: null, tags: [' a', 'b'], handlesPii: 'yes', custom: { a: 1 } })).toEqual({ fields: { name: 'Bot', runsOn: null, tags: ['a', 'b'] }, errors: [] });
  });

  it.each([
    [{ name: ' ' }, 'name', 'blank'], [{ tags: ['a', ' '] }, 'tags[1]', 'blank'], [{ tags: ['a', 'b', ' a'] }, 'tags[2]', 'repeated'], [{ purpose: null }, 'purpose', 'required'],
    [{ monitoringLinks: ['javascript:alert(1)'] }, 'monitoringLinks[0]', 'not_url'], [{ monitoringLinks: ['dashboard'] }, 'monitoringLinks[0]', 'not_url'],
  ])('refuses %j', (body, path, code) => expect(readWorkloadFields(body).errors).toMatchObject([{ path, code }]));

  it('names everything that is wrong at once', () => expect(readWorkloadFields({ name: '', team: ' ', environments: ['', ''] }).errors.map((error) => error.path)).toEqual(['name', 'team', 'environments[0]', 'environments[1]']));
});
