/** One notification in a digest. */
export interface DigestItem {
  readonly title: string;
  readonly body: string;
  readonly href: string;
}

/** Most notifications written out in one digest; the rest is counted and left for the in-app list. */
export const DIGEST_ITEMS = 200;

/**
 * One mail for many notifications.
 * @param items those written out, oldest first; @param more how many more wait in the app
 */
export function digestText(items: readonly DigestItem[], more: number, organization: string, publicUrl: string): { subject: string; body: string } {
  const total = items.length + more;
  const lines = items.map(({ title, body, href }) => `* ${title}\n  ${body.replaceAll('\n', '\n  ')}\n  ${new URL(href, publicUrl).href}`);
  return {
    subject: total === 1 ? items[0]?.title ?? '1 notification' : `${total} notifications from ${organization}`,
    body: [...lines, ...(more > 0 ? [`${more} more are in your list of notifications: ${new URL('/notifications', publicUrl).href}`] : [])].join('\n\n'),
  };
}

/** The mail of one notification. */
export const mailText = (item: DigestItem, publicUrl: string): { subject: string; body: string } =>
  ({ subject: item.title, body: `${item.body}\n\n${new URL(item.href, publicUrl).href}` });
