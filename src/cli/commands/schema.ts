import { publishedSchema, publishedSchemaNames } from "../../operations/schemas/published-schemas.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";

/** `scantling schema [NAME]`: JSON Schema (draft-07) of a document or report kind; without a name, the list. */
export function schemaCommand(run: CommandRun, name: string | undefined): ExitCode {
  if (name === undefined) {
    run.host.stdout.write(`${publishedSchemaNames().join("\n")}\n`);
    return exitCode.clean;
  }
  const schema = publishedSchema(name);
  if (schema === undefined) {
    run.host.stderr.write(`No schema is called "${name}".\n  hint: one of ${publishedSchemaNames().join(", ")}\n`);
    return exitCode.cannot;
  }
  run.host.stdout.write(`${JSON.stringify(schema, undefined, 2)}\n`);
  return exitCode.clean;
}
