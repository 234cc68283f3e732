import { type Command, Option } from "commander";
import { type PolicyEngine, policyEngines } from "../../tenancy/reachability/policy-engine.ts";
import type { CommandLine } from "./command-line.ts";
import { pathsArgument } from "./option-values.ts";

/** `scantling tenancy policies`; `program` is the group. */
export function declareTenancyPolicies({ program, run, onExit }: CommandLine): void {
  program
    .command("policies")
    .summary("default-deny policies that leave exactly the dependencies")
    .description(
      "Writes NetworkPolicies that deny everything but the declared and inferred dependencies, the ways in and DNS, and proves with the same engine that nothing else remains.",
    )
    .argument("[path...]", pathsArgument)
    .option("--to <folder>", "write one file a namespace into this folder (default: all to standard output)")
    .option("--force", "overwrite files that are there", false)
    .option("--environment <name>", "the environment to write for (default: the last in order of promotion)")
    .addOption(
      new Option("--engine <engine>", "prove it as this engine would enforce it (default: each cluster's)").choices(
        policyEngines.filter((engine) => engine !== "none"),
      ),
    )
    .action(
      async (
        paths: string[],
        options: { to?: string; force: boolean; environment?: string; engine?: PolicyEngine },
        command: Command,
      ) => {
        const { tenancyPoliciesCommand } = await import("../commands/tenancy-policies.ts");
        onExit(await tenancyPoliciesCommand(run(command), paths, options));
      },
    );
}
