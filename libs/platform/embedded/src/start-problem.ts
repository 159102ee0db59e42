/** Something the operator has to change before Roster can start: what is wrong, and what to do about it. Never shown with a stack. */
export class StartProblem extends Error {
  /**
   * @param problem one sentence: what was found
   * @param remedy what the operator can do about it
   */
  constructor(readonly problem: string, readonly remedy: string, options?: ErrorOptions) {
    super(`${problem}\n  Remedy: ${remedy}`, options);
    this.name = 'StartProblem';
  }
}
