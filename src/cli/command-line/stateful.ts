import type { CommandLine } from "./command-line.ts";
import { declareStatefulAdvise } from "./stateful-advise.ts";
import { declareStatefulOverbooking } from "./stateful-overbooking.ts";
import { declareStatefulSimulate } from "./stateful-simulate.ts";
import { declareStatefulTimeline } from "./stateful-timeline.ts";

/** `scantling stateful` and what belongs to it. */
export function declareStateful(line: CommandLine): void {
  const group = line.program
    .command("stateful")
    .summary("stores and consistency: advice, recovery timelines, simulations")
    .description(
      "Chooses the store of each DataStore from what it must hold to, times recovery step by step, and simulates what a weaker choice would cost.",
    );
  const own = { ...line, program: group };
  declareStatefulAdvise(own);
  declareStatefulTimeline(own);
  declareStatefulSimulate(own);
  declareStatefulOverbooking(own);
}
