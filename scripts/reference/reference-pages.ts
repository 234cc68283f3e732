import { assumptionsReference } from "./assumptions-reference.ts";
import { cliReference } from "./cli-reference.ts";
import { cloudTargetsReference } from "./cloud-targets-reference.ts";
import { diagnosticsReference } from "./diagnostics-reference.ts";
import { fieldsReference } from "./fields-reference.ts";
import { rulesReference } from "./rules-reference.ts";

/** Pages of `docs/reference` that are generated, by file name. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ["assumptions.md", assumptionsReference()],
    ["cli.md", cliReference()],
    ["cloud-targets.md", cloudTargetsReference()],
    ["diagnostics.md", diagnosticsReference()],
    ["fields.md", fieldsReference()],
    ["rules.md", rulesReference()],
  ]);
}
