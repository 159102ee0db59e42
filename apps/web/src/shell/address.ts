/** Each name once is a text, several times a list; nothing else is guessed. */
export function parseSearch(text: string): Record<string, string | string[]> {
  const search: Record<string, string | string[]> = {};
  const parameters = new URLSearchParams(text);
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    search[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return search;
}

/** The inverse of parseSearch; undefined, null and empty lists are left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined && item !== null) parameters.append(name, String(item));
  }
  const text = parameters.toString().replaceAll('%5B', '[').replaceAll('%5D', ']').replaceAll('%3A', ':').replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** An address that is given as text, as a link takes it: path and query apart. @param address of this page, such as `/evidence?filter[status]=expired` */
export function linkTo(address: string): { to: string; search: never } {
  const [to = '/', query = ''] = address.split('?', 2);
  return { to, search: parseSearch(query) as never };
}
