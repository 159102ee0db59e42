/** One thing that is wrong with a request: where, and what was expected. */
export interface ProblemDetail {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** The service answered with an RFC 9457 problem document. */
export class RosterProblem extends Error {
  readonly status: number;
  /** Stable code such as INVENTORY_WORKLOAD_NOT_FOUND. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly ProblemDetail[];
  readonly requestId: string | null;
  /** Everything else the problem says, such as the gaps of a freeze. */
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(document: Record<string, unknown>, status: number) {
    const { code, title, detail, errors, requestId, type: _type, status: _status, ...extensions } = document;
    const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
    super(text(detail) ?? text(title) ?? `The service answered ${status}`);
    this.name = 'RosterProblem';
    this.status = status;
    this.code = text(code) ?? 'UNKNOWN';
    this.title = text(title) ?? `HTTP ${status}`;
    this.detail = this.message;
    this.errors = Array.isArray(errors) ? (errors as ProblemDetail[]) : [];
    this.requestId = text(requestId);
    this.extensions = extensions;
  }

  /** Reads the answer of a failed request; one that is no problem document (a proxy's page, say) is named as what it is. */
  static async fromResponse(response: Response): Promise<RosterProblem> {
    const text = await response.text();
    try {
      const document: unknown = JSON.parse(text);
      if (typeof document === 'object' && document !== null) return new RosterProblem(document as Record<string, unknown>, response.status);
    } catch {
      // falls through: not JSON
    }
    return new RosterProblem({ code: 'NOT_ROSTER', title: response.statusText, detail: `${response.url} answered ${response.status} ${response.statusText}, which is not an answer of Roster. Is the address right?` }, response.status);
  }
}

/** No answer at all: the service does not run, or the way to it is blocked. */
export class RosterUnreachable extends Error {
  constructor(readonly url: string, cause: unknown) {
    // fetch says only "fetch failed"; what failed is in the cause of its error.
    const { message, cause: root } = (typeof cause === 'object' && cause !== null ? cause : {}) as { message?: string; cause?: { message?: string; code?: string } };
    const reason = root?.message || root?.code || message || String(cause);
    super(`Roster at ${url} does not answer: ${reason}`, { cause });
    this.name = 'RosterUnreachable';
  }
}
