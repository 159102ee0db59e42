/** One row per error code: the HTTP status and the human title of its RFC 9457 problem document. */
export type ProblemTable = Readonly<Record<string, { readonly status: number; readonly title: string }>>;
