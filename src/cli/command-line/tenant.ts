import { type Command, Option } from "commander";
import { tenancyLayers } from "../../estate/model/tenancy-layer.ts";
import type { TenantAddOptions } from "../commands/tenant-add.ts";
import type { CommandLine } from "./command-line.ts";
import { withOnboarding } from "./onboarding-options.ts";
import { parseAmount, parseList } from "./option-values.ts";

/** Only the names are typed; what they stand for is read here. */
const layersHelp = `
Layers of --accepts:
${Object.entries(tenancyLayers)
  .map(([layer, meaning]) => `  ${layer.padEnd(20)}${meaning}`)
  .join("\n")}`;

/** `scantling tenant` and what belongs to it. */
export function declareTenant({ program, run, onExit }: CommandLine): void {
  const group = program
    .command("tenant")
    .summary("tenants that join: documents written, consequences shown")
    .description("Tenants that join an estate, by themselves: the document is written where its siblings are.");
  withOnboarding(
    group
      .command("add")
      .summary("a tenant joins")
      .description(
        "Writes the Tenant document where the estate keeps its own, after loading the estate that would result: contradictions are errors, and nothing is written. On a terminal it asks for what is missing.",
      )
      .option("--name <name>", "name of the tenant")
      .addOption(
        new Option(
          "--owner <owners>",
          "Entra groups or mail addresses of its owners (repeatable, or with commas)",
        ).argParser(parseList),
      )
      .option("--classification <class>", "class of its data, one of Estate.spec.classifications")
      .addOption(
        new Option("--trust <trust>", "how far it is trusted; decides what it may share").choices([
          "team",
          "internal",
          "external",
          "hostile",
        ]),
      )
      .addOption(
        new Option(
          "--accepts <layers>",
          "what it accepts to share: a layer (below) = separate, bounded or shared, such as kernel=separate (repeatable)",
        ).argParser(parseList),
      )
      .addOption(
        new Option(
          "--quota <amounts>",
          "what its pods may ask for: cpu and memory, such as cpu=24,memory=96Gi",
        ).argParser(parseList),
      )
      .addOption(new Option("--budget <amount>", "what it may cost a month").argParser(parseAmount))
      .addOption(new Option("--namespaces <names>", "namespaces beside those of its applications").argParser(parseList))
      .addHelpText("after", layersHelp),
  ).action(async (path: string | undefined, options: TenantAddOptions, command: Command) => {
    const { tenantAddCommand } = await import("../commands/tenant-add.ts");
    onExit(await tenantAddCommand(run(command), path, options));
  });
}
