import type { CommandLine } from "./command-line.ts";
import { declareSimulateAvailability } from "./simulate-availability.ts";
import { declareSimulateFailure } from "./simulate-failure.ts";
import { declareSimulateLoad } from "./simulate-load.ts";
import { declareSimulateRebuild } from "./simulate-rebuild.ts";
import { declareSimulateRollout } from "./simulate-rollout.ts";
import { declareSimulateUpgrade } from "./simulate-upgrade.ts";

/** `scantling simulate` and what belongs to it. */
export function declareSimulate(line: CommandLine): void {
  const group = line.program
    .command("simulate")
    .summary("what load, failures and upgrades do to an estate over time")
    .description("Plays load, failures and upgrades through the declared structure, event by event.");
  const own = { ...line, program: group };
  declareSimulateLoad(own);
  declareSimulateFailure(own);
  declareSimulateUpgrade(own);
  declareSimulateRollout(own);
  declareSimulateAvailability(own);
  declareSimulateRebuild(own);
}
