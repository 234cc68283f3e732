import type { CommandLine } from "./command-line.ts";
import { declareTenancyPolicies } from "./tenancy-policies.ts";
import { declareTenancyReachability } from "./tenancy-reachability.ts";
import { declareTenancySharing } from "./tenancy-sharing.ts";

/** `scantling tenancy` and what belongs to it. */
export function declareTenancy(line: CommandLine): void {
  const group = line.program
    .command("tenancy")
    .summary("who shares what, and proof of isolation")
    .description("Who shares what with whom, and what the declared structure proves about it.");
  const own = { ...line, program: group };
  declareTenancySharing(own);
  declareTenancyReachability(own);
  declareTenancyPolicies(own);
}
