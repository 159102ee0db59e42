import { createContext, useContext, type MouseEvent, type ReactNode } from 'react';

/** Follows an address inside the application without loading the page again. */
export type Navigate = (href: string) => void;

/** Completes the addresses of marks with what every address of the page carries, such as the instant that is looked at. */
export const AddressContext = createContext<(href: string) => string>((href) => href);

const isPlain = (event: MouseEvent): boolean => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/**
 * A mark that opens its rows. A real link, so that it can be opened in another tab; a plain click goes through the application.
 * @param href null when there are no rows to open: the content is then plain text
 */
export function ChartLink({ href, onNavigate, className, label, children }: { href: string | null; onNavigate?: Navigate | undefined; className?: string | undefined; label?: string | undefined; children: ReactNode }) {
  const complete = useContext(AddressContext);
  if (href === null) return <span className={className}>{children}</span>;
  return (
    <a
      href={complete(href)} className={className} aria-label={label}
      onClick={(event) => {
        if (!onNavigate || !isPlain(event)) return;
        event.preventDefault();
        onNavigate(href);
      }}
    >
      {children}
    </a>
  );
}
