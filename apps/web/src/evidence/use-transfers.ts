import { useEffect, useState, useSyncExternalStore } from 'react';
import { TransferQueue, type ArrivedUpload, type Transfer } from './transfer-queue.js';

/**
 * Files on their way for as long as the form is open. Leaving the form stops them where they are; what arrived stays at the service for a day.
 * @param arrived files that arrived before, from a draft
 * @param files files to start with
 */
export function useTransfers(arrived: readonly ArrivedUpload[], files: readonly File[]): { transfers: readonly Transfer[]; queue: TransferQueue } {
  const [queue] = useState(() => {
    const made = new TransferQueue(globalThis.location.origin);
    made.restore(arrived);
    made.add(files);
    return made;
  });
  useEffect(() => {
    queue.open();
    return () => queue.close();
  }, [queue]);
  return { transfers: useSyncExternalStore(queue.subscribe, queue.snapshot), queue };
}
