import { nearestName } from "../../estate/diagnostics/nearest-name.ts";
import type { Estate } from "../../estate/model/estate.ts";
import type { CommandRun } from "../command-host.ts";

/** True when a cluster of that name is there, or none is asked for; otherwise the reason has been printed. */
export function checkClusterName(run: CommandRun, { clusters }: Estate, asked: string | undefined): boolean {
  const names = clusters.map(({ name }) => name);
  if (asked === undefined || names.includes(asked)) return true;
  const near = nearestName(asked, names);
  const hint = near === undefined ? `it has ${names.join(", ")}` : `did you mean ${near}?`;
  run.host.stderr.write(`The estate has no cluster "${asked}".\n  hint: ${hint}\n`);
  return false;
}
