import 'reflect-metadata';
import { jest } from '@jest/globals';

/** A busy machine is no defect: what takes seconds alone may take many beside everything else. Slow tests are found by the time per tier. */
jest.setTimeout(30_000);
