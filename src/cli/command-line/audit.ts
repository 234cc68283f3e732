import { type Command, Option } from "commander";
import { auditProfiles } from "../../audit/settings/profiles.ts";
import type { CachedAuditOptions } from "../commands/cached-audit.ts";
import { findingSorts } from "../reporters/finding-terms.ts";
import type { CommandLine } from "./command-line.ts";
import { parseList, pathsArgument, todayOption } from "./option-values.ts";

/** `scantling audit`. */
export function declareAudit({ program, run, onExit }: CommandLine): void {
  program
    .command("audit")
    .summary("recommendations that the manifests do not follow")
    .description(
      "Renders everything and judges it by every rule: pass, fail, or not evaluable with what is missing. Exits 1 when a finding is at least as severe as --fail-on.",
    )
    .argument("[path...]", pathsArgument)
    .addOption(
      new Option("-o, --output <format>", "output format")
        .choices(["table", "json", "yaml", "markdown", "sarif", "junit", "github"])
        .default("table"),
    )
    .option("--output-file <file>", "write to a file instead of standard output")
    .addOption(
      new Option("--fail-on <severity>", "exit 1 when a finding is at least this severe")
        .choices(["none", "info", "low", "medium", "high", "critical"])
        .default("high"),
    )
    .option("--rule <ids>", "only these rules (AVL-007), sub-verdicts (AVL-007.4) or tables (AVL)", parseList)
    .addOption(
      new Option(
        "--pod-security <level>",
        "only the Pod Security Standards, such as restricted@v1.33 (without a version: latest)",
      ).conflicts("rule"),
    )
    .addOption(
      new Option("--profile <name>", "named set of rules (default: the Estate's, else default)").choices(
        auditProfiles.map(({ name }) => name),
      ),
    )
    .option("--environment <names>", "only these environments", parseList)
    .option("--baseline <file>", "only new findings count: those of this baseline do not")
    .option("--write-baseline <file>", "write the findings as a baseline and exit 0")
    .option("--include-not-evaluable", "list each verdict that could not be given", false)
    .option("--fix", "write the fixes into the files, then say what is left", false)
    .addOption(
      new Option("--fix-as <form>", "write the fixes into the files, or as a Kustomize component into --to").choices([
        "source",
        "patch",
      ]),
    )
    .addOption(
      new Option(
        "--policy-as <form>",
        "print the rules that admission can enforce as policies, and judge nothing",
      ).choices(["validatingAdmissionPolicy", "kyverno"]),
    )
    .option("--to <folder>", "folder for what --fix-as patch or --policy-as writes")
    .option("--dry-run", "with --fix: print a unified diff and write nothing", false)
    .option("--no-cache", "compute everything anew, and keep nothing for the next run")
    .option("--list", "print every rule and profile", false)
    .addOption(
      new Option("--sort <order>", "what comes first: the worst, the dearest, or what is down longest")
        .choices(findingSorts)
        .default("severity"),
    )
    .option(
      "--usage <file>",
      "measured usage for rules that need it: CSV or JSON lines sorted by time, as for cost rightsize",
    )
    .addOption(todayOption())
    .action(async (paths: string[], options: CachedAuditOptions, command: Command) => {
      if (options.fix || options.fixAs !== undefined || options.policyAs !== undefined) {
        // What is about to be written comes of the input as it is now.
        const { auditCommand } = await import("../commands/audit.ts");
        onExit(await auditCommand(run(command), paths, options));
        return;
      }
      const { cachedAuditCommand } = await import("../commands/cached-audit.ts");
      onExit(await cachedAuditCommand(run(command), paths, options));
    });
}
