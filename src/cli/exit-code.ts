/** What the process says by its exit code; see `docs/reference/cli.md`. */
export const exitCode = {
  /** Clean, and every report without `--fail-on`. */
  clean: 0,
  /** Findings at or above `--fail-on`, or errors in the input. */
  findings: 1,
  /** Cannot do it: usage, nothing usable in the input, a defect. */
  cannot: 2,
  /** An external system could not be reached. */
  unreachable: 3,
  /** An external system refused the credentials. */
  unauthorized: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
