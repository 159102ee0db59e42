import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { meQuery } from '../session/me.js';
import { draftKey } from './draft-keys.js';

const WAIT_MS = 300;

function stored<T>(key: string): T | null {
  const text = sessionStorage.getItem(key);
  if (text === null) return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    sessionStorage.removeItem(key); // not ours: a draft is always JSON
    return null;
  }
}

/**
 * What somebody is typing survives a reload of the tab, and a session that ends: it is theirs, and shown to nobody who signs in after them. Never give it a secret: drafts are readable by whoever sits at this browser.
 * @param name names the form and what it is about, such as `register` or `review:0199…`
 * @param initial what the form starts with when there is no draft
 * @returns the values to start with, whether they are a draft, a setter, and `clear` for after saving
 */
export function useDraft<T extends object>(name: string, initial: T): { values: T; restored: boolean; keep: (values: T) => void; clear: () => void } {
  const client = useQueryClient();
  // Whose it is stays while the form is open, also when the session ends meanwhile.
  const [key] = useState(() => draftKey(client.getQueryData(meQuery.queryKey)?.member.id ?? null, name));
  const [start] = useState(() => {
    const draft = stored<T>(key);
    return { values: draft ? { ...initial, ...draft } : initial, restored: draft !== null };
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef<T>(undefined);
  const write = useCallback(() => {
    clearTimeout(timer.current);
    if (last.current !== undefined) sessionStorage.setItem(key, JSON.stringify(last.current));
    last.current = undefined;
  }, [key]);
  useEffect(() => {
    addEventListener('pagehide', write);
    return () => { removeEventListener('pagehide', write); write(); };
  }, [write]);
  const keep = useCallback((values: T) => {
    last.current = values;
    clearTimeout(timer.current);
    timer.current = setTimeout(write, WAIT_MS);
  }, [write]);
  const clear = useCallback(() => {
    clearTimeout(timer.current);
    last.current = undefined;
    sessionStorage.removeItem(key);
  }, [key]);
  return { ...start, keep, clear };
}

/**
 * A form of a few values of its own whose draft survives a reload (see {@link useDraft}).
 * @returns the values, `set` for some of them, and `clear` for after saving
 */
export function useDraftValues<T extends object>(name: string, initial: T): { readonly values: T; readonly restored: boolean; readonly set: (change: Partial<T>) => void; readonly clear: () => void } {
  const draft = useDraft(name, initial);
  const [values, setValues] = useState(draft.values);
  const { keep } = draft;
  const latest = useRef(values);
  const set = useCallback((change: Partial<T>) => {
    latest.current = { ...latest.current, ...change };
    setValues(latest.current);
    keep(latest.current);
  }, [keep]);
  return { values, restored: draft.restored, set, clear: draft.clear };
}
