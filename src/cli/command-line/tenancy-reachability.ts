import { type Command, Option } from "commander";
import { type PolicyEngine, policyEngines } from "../../tenancy/reachability/policy-engine.ts";
import type { ReachabilityFormat } from "../commands/tenancy-reachability.ts";
import type { CommandLine } from "./command-line.ts";
import { pathsArgument } from "./option-values.ts";

const outputs: readonly ReachabilityFormat[] = ["table", "json", "yaml", "markdown", "dot", "lines"];

/** `scantling tenancy reachability`; `program` is the group. */
export function declareTenancyReachability({ program, run, onExit }: CommandLine): void {
  program
    .command("reachability")
    .summary("who reaches whom over the network, and by which rule")
    .description(
      "Evaluates network policies by the engine of each cluster, tenant by tenant or workload by workload, and says which rule lets a connection pass or which stops it.",
    )
    .argument("[path...]", pathsArgument)
    .addOption(new Option("-o, --output <format>", "output format").choices(outputs).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output")
    .option("--workloads", "every pair of workloads, not only tenants", false)
    .option("--from <name>", "only connections from this workload, namespace or tenant (implies --workloads)")
    .option("--to <name>", "only connections to this workload, namespace or tenant (implies --workloads)")
    .addOption(
      new Option("--engine <engine>", "read policies as this engine does, whatever the clusters declare").choices(
        policyEngines,
      ),
    )
    .action(
      async (
        paths: string[],
        options: {
          output: ReachabilityFormat;
          outputFile?: string;
          workloads: boolean;
          from?: string;
          to?: string;
          engine?: PolicyEngine;
        },
        command: Command,
      ) => {
        const { tenancyReachabilityCommand } = await import("../commands/tenancy-reachability.ts");
        onExit(await tenancyReachabilityCommand(run(command), paths, options));
      },
    );
}
