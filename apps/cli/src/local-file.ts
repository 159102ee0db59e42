import { stat } from 'node:fs/promises';
import { Complaint } from './complaint.js';

/** @throws Complaint unless the path is a file that can be read */
export async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) throw new Complaint(`The file ${path} cannot be read (${found.code ?? found.message}).`, 'Check the path.');
  if (!found.isFile()) throw new Complaint(`${path} is not a file.`, 'Name one file.');
}
