/** What can be pressed on a page. Marked with `data-acts`: the page and the parts of the frame that belong to it. */
const ROOTS = '[data-acts]';
const ACTS = 'button, summary, [role="button"], [role="tab"], nav a[href], a[data-act]';
/** Parts of a control, not acts: the arrows of a field, or what only shows more of the same text. */
const NOT_ACTS = '[aria-hidden="true"], [inert], [role="combobox"], [role="listbox"], [data-no-act]';
/** What an act belongs to, from the inside out. */
const CONTEXTS = 'tr, [role="row"], li, [role="group"], section, [role="region"], article, fieldset';
const CONTEXT_NAME = 'th, [role="rowheader"], h2, h3, legend, a';

/** An act of the page that is open. */
export interface PageAct {
  readonly label: string;
  /** Why it cannot be done now; null when it can. An empty text: the page does not say. */
  readonly refusal: string | null;
  readonly inRow: boolean;
  readonly run: () => void;
}

/** The words of an element as they are read: without its keys and without what is hidden from readers. */
function wordsOf(element: Element): string {
  const label = element.getAttribute('aria-label');
  if (label !== null && label.trim() !== '') return label.trim();
  const labels = element.getAttribute('aria-labelledby')?.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? '').join(' ').trim();
  if (labels) return labels;
  const copy = element.cloneNode(true) as Element;
  for (const part of copy.querySelectorAll('kbd, svg, [aria-hidden="true"]')) part.remove();
  for (const part of copy.querySelectorAll('*')) part.before(' ');
  return copy.textContent.replaceAll(/\s+/g, ' ').trim();
}

function contextOf(element: Element): string {
  for (let box = element.parentElement?.closest(CONTEXTS); box; box = box.parentElement?.closest(CONTEXTS)) {
    const name = box.getAttribute('aria-label') ?? [...box.querySelectorAll(CONTEXT_NAME)].find((part) => !part.contains(element) && !element.contains(part))?.textContent ?? '';
    if (name.trim() !== '') return name.replaceAll(/\s+/g, ' ').trim();
  }
  return '';
}

/** Where the acts are: in the dialog that is open, or on the page. */
function roots(): readonly Element[] {
  const dialog = [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].findLast((one) => one.querySelector('[data-palette]') === null && one.checkVisibility());
  return dialog ? [dialog] : [...document.querySelectorAll(ROOTS)];
}

/**
 * Everything that can be pressed on the page that is open, read from the page itself: a button that is there is also a command, with the same
 * words and the same refusal, and pressing it is what the command does. Acts with the same words name what they belong to.
 */
export function pageActs(): readonly PageAct[] {
  const elements = roots().flatMap((root) => [...root.querySelectorAll<HTMLElement>(ACTS)])
    .filter((element) => element.closest(NOT_ACTS) === null && element.checkVisibility({ visibilityProperty: true }) && wordsOf(element) !== '');
  const byWords = Map.groupBy(elements, wordsOf);
  const acts = new Map<string, PageAct>();
  for (const [words, same] of byWords) {
    for (const element of same) {
      const context = same.length > 1 ? contextOf(element) : '';
      const label = context === '' || context === words ? words : `${words} · ${context}`;
      const disabled = element.getAttribute('aria-disabled') === 'true' || element.matches(':disabled');
      if (!acts.has(label)) acts.set(label, { label, refusal: disabled ? element.dataset.why ?? '' : null, inRow: element.closest('td, th, [role="row"], [role="gridcell"]') !== null, run: () => press(element, label) });
    }
  }
  return [...acts.values()];
}

/** The page may have drawn the button anew since: then the one with the same words is meant. */
function press(element: HTMLElement, label: string): void {
  if (element.isConnected) {
    element.focus();
    element.click();
  } else pageActs().find((act) => act.label === label && act.refusal === null)?.run();
}
