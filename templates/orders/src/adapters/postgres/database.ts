/** What one statement gives back, and how many rows it changed. */
interface QueryResult<Row> {
  readonly rows: readonly Row[];
  readonly rowCount: number;
}

/** Something that runs a statement: the database, or one transaction of it. */
export interface Connection {
  readonly query: <Row = unknown>(text: string, values?: readonly unknown[]) => Promise<QueryResult<Row>>;
}

/** A PostgreSQL database, embedded or on a server. */
export interface Database extends Connection {
  /** Read committed. Commits when the work resolves, rolls back when it rejects. */
  readonly transaction: <Result>(work: (connection: Connection) => Promise<Result>) => Promise<Result>;
  /** Runs a script of many statements. */
  readonly execute: (script: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Whether an error of PostgreSQL says that a unique constraint was violated. */
export function isUniqueViolation(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "23505";
}
