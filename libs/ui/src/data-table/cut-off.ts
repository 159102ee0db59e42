import classes from './data-table.module.css';

const CUT = classes['overflown'] ?? 'overflown';

/** A cell which is cut off tells the whole of it on hover (title) and on focus (it unfolds). @param target what is hovered or has the focus */
export function tellCut(target: EventTarget): void {
  if (!(target instanceof Element)) return;
  const cell = target.closest<HTMLElement>('[data-column]');
  const content = cell?.querySelector<HTMLElement>(':scope > [data-content]');
  if (cell === null || content === null || content === undefined) return;
  const cut = content.scrollWidth > content.clientWidth + 1 || [...content.querySelectorAll<HTMLElement>('*')].some((inner) => inner.scrollWidth > inner.clientWidth + 1 && getComputedStyle(inner).overflowX !== 'visible');
  content.classList.toggle(CUT, cut);
  if (cut) cell.title = content.textContent;
  else cell.removeAttribute('title');
}

/** What was told of the cells of a row, whose contents are others now, is taken back. */
export function forgetCut(row: Element): void {
  for (const content of [...row.getElementsByClassName(CUT)]) {
    content.classList.remove(CUT);
    content.parentElement?.removeAttribute('title');
  }
}
