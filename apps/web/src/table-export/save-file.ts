/** The browser reads what it saves after the click has returned. */
const KEPT_MS = 60_000;

/** Hands the browser a file to be saved. @param name proposed to the person */
export function saveFile(name: string, content: Blob): void {
  const href = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), KEPT_MS);
}
