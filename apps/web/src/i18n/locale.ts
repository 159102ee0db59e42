import { i18n } from '@lingui/core';
import { compileMessage, type CompiledMessage } from '@lingui/message-utils/compileMessage';

/** Languages of the page. English is written in the source; the pseudo ones show what is not translatable and what does not mirror. */
export const LOCALES = ['en', 'pseudo', 'pseudo-rtl'] as const;
export type LocaleName = (typeof LOCALES)[number];
const PREFERENCE = 'roster-locale';

const isLocale = (name: string | null): name is LocaleName => LOCALES.includes(name as LocaleName);
export const directionOf = (name: LocaleName): 'ltr' | 'rtl' => (name === 'pseudo-rtl' ? 'rtl' : 'ltr');

/** The chosen language: of the address (`?locale=`, for a look), of this browser, or English. */
export function chosenLocale(): LocaleName {
  const asked = new URLSearchParams(location.search).get('locale');
  if (isLocale(asked)) return asked;
  const kept = localStorage.getItem(PREFERENCE);
  return isLocale(kept) ? kept : 'en';
}

/** How dates and numbers are written: as this browser likes them, in English where the page speaks English. */
export const formatLocale = (): string => navigator.languages.find((language) => language.startsWith('en')) ?? 'en-GB';

/** Makes the page speak a language. Messages come with the code and are compiled when they are first shown. */
export async function activateLocale(name: LocaleName): Promise<void> {
  document.documentElement.lang = name === 'en' ? 'en' : 'en-x-pseudo';
  document.documentElement.dir = directionOf(name);
  const pseudo = name === 'en' ? null : await import('./pseudo.js');
  // Lingui asks for every message each time it is shown.
  const compiled = new Map<string, CompiledMessage>();
  i18n.setMessagesCompiler((message) => {
    const known = compiled.get(message);
    if (known) return known;
    const made = pseudo ? compileMessage(pseudo.stretch(message), pseudo.markText) : compileMessage(message);
    compiled.set(message, made);
    return made;
  });
  i18n.loadAndActivate({ locale: 'en', messages: {} });
}
