import { stringify } from "yaml";
import { joinSourcePath } from "../../estate/sources/source-path.ts";
import type { AuditRunOptions } from "../../operations/audit/audit.ts";
import { auditPolicies, type PolicyForm } from "../../operations/audit/audit-policies.ts";
import type { ReadEstate } from "../../operations/read-estate.ts";
import type { CommandRun } from "../command-host.ts";
import { note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { counted } from "../reporters/words.ts";

interface PolicyOptions {
  readonly form: PolicyForm;
  /** Folder to write to; standard output where left out. */
  readonly to?: string;
}

/** `scantling audit --policy-as FORM`: the rules that admission can enforce, as policies. */
export async function policiesCommand(
  run: CommandRun,
  { estate }: ReadEstate,
  auditing: AuditRunOptions,
  { form, to }: PolicyOptions,
): Promise<ExitCode> {
  const { policies, inexpressible, exemptions } = auditPolicies(estate, form, auditing);
  const texts = policies.map(({ rule, objects }) => ({
    name: `${rule.toLowerCase()}.yaml`,
    text: objects.map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })).join("---\n"),
  }));
  if (to === undefined) run.host.stdout.write(texts.map(({ text }) => text).join("---\n"));
  else {
    const files = new Map(texts.map(({ name, text }) => [joinSourcePath(to, name), text]));
    await run.host.writeFiles(files, { overwrite: true });
    note(run, `Wrote ${counted(files.size, "policy file")} to ${to}`);
  }
  note(run, `${counted(policies.length, "rule")} as policies`);
  if (inexpressible.length > 0) note(run, "Not as policies, with the reason:");
  for (const { reason, codes } of inexpressible) note(run, `  ${reason}: ${codes.join(", ")}`);
  for (const { rule, reason, owner } of exemptions) {
    note(
      run,
      `The exemption from ${rule} (${owner}: ${reason}) cannot be told at admission: the policy covers those objects too.`,
    );
  }
  return exitCode.clean;
}
