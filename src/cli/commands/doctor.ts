import { defaultCatalog } from "../../catalog/default-catalog.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";

/** `scantling doctor`: what Scantling found on this machine and what each missing thing would add. Nothing here is required. */
export async function doctorCommand(run: CommandRun): Promise<ExitCode> {
  const checks = await run.host.checkTools();
  const width = Math.max(...checks.map(({ name }) => name.length), "prices".length);
  const { green, yellow } = run.outputStyle;
  const lines = [
    ...checks.map(
      ({ name, found, detail }) => `${found ? green("ok     ") : yellow("missing")}  ${name.padEnd(width)}  ${detail}`,
    ),
    `${green("ok     ")}  ${"prices".padEnd(width)}  list prices as of ${defaultCatalog.pricesAsOf}, built in`,
    `${green("ok     ")}  ${"SLAs".padEnd(width)}  as of ${defaultCatalog.slasAsOf}, built in`,
  ];
  run.host.stdout.write(`${lines.join("\n")}\n`);
  return exitCode.clean;
}
