import { type Command, Option } from "commander";
import type { ReportFormat } from "../commands/output.ts";
import type { CommandLine } from "./command-line.ts";
import { formats, pathsArgument } from "./option-values.ts";

interface ReportOptions {
  readonly output: ReportFormat;
  readonly outputFile?: string;
}

/** What `scantling tenancy` does without a subcommand, and the subcommands on kernels and rights; `program` is the group. */
export function declareTenancySharing({ program, run, onExit }: CommandLine): void {
  // A command of its own: an option of the group would be taken from the subcommands that have it too.
  withOutput(
    program
      .command("matrix", { isDefault: true })
      .summary("every pair of tenants by what they share (what the group does by itself)")
      .description("Who shares what with whom, layer by layer, and what would lift what one does not accept.")
      .argument("[path...]", pathsArgument),
  )
    .option("--between <tenants>", "every layer between two tenants, such as shop,treasury")
    .action(async (paths: string[], options: ReportOptions & { between?: string }, command: Command) => {
      const { tenancyCommand } = await import("../commands/tenancy.ts");
      onExit(await tenancyCommand(run(command), paths, options));
    });
  withOutput(
    program
      .command("kernel")
      .summary("what the kernel of a node has to share out, and who can starve whom")
      .description(
        "Sets what one node has (process ids, inotify, files, connections, ports, storage, disk) against what its pods take, declared or estimated by runtime.",
      )
      .argument("[path...]", pathsArgument),
  ).action(async (paths: string[], options: ReportOptions, command: Command) => {
    const { tenancyKernelCommand } = await import("../commands/tenancy.ts");
    onExit(await tenancyKernelCommand(run(command), paths, options));
  });
  withOutput(
    program
      .command("rbac")
      .summary("what each tenant may do beyond its namespaces")
      .description(
        "Evaluates roles and bindings for everybody who acts for a tenant, and the nineteen behaviours that make a fence around it.",
      )
      .argument("[path...]", pathsArgument),
  ).action(async (paths: string[], options: ReportOptions, command: Command) => {
    const { tenancyRbacCommand } = await import("../commands/tenancy.ts");
    onExit(await tenancyRbacCommand(run(command), paths, options));
  });
}

function withOutput(command: Command): Command {
  return command
    .addOption(new Option("-o, --output <format>", "output format").choices(formats).default("table"))
    .option("--output-file <file>", "write to a file instead of standard output");
}
