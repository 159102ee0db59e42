/** Puts the focus on the first field that the service or the page complained about, once it is marked. */
export function focusFirstError(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus());
}
