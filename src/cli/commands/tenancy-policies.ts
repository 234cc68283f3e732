import { type TenancyPolicies, tenancyPolicies } from "../../operations/tenancy/tenancy-policies.ts";
import type { PolicyEngine } from "../../tenancy/reachability/policy-engine.ts";
import type { CommandRun } from "../command-host.ts";
import { note } from "../command-run.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { counted, listed } from "../reporters/words.ts";
import { readInput } from "./read-input.ts";

export interface TenancyPoliciesCommandOptions {
  readonly to?: string;
  readonly force: boolean;
  readonly environment?: string;
  readonly engine?: PolicyEngine;
}

/** More differences than anybody reads at once. */
const shownDifferences = 20;

/** `scantling tenancy policies [PATH...]`: default-deny policies, and the proof that exactly the dependencies remain. */
export async function tenancyPoliciesCommand(
  run: CommandRun,
  paths: readonly string[],
  options: TenancyPoliciesCommandOptions,
): Promise<ExitCode> {
  const input = await readInput(run, paths);
  if (input === undefined) return exitCode.cannot;
  const generated = tenancyPolicies(input.estate, {
    ...(options.environment === undefined ? {} : { environment: options.environment }),
    ...(options.engine === undefined ? {} : { engine: options.engine }),
  });
  if (generated === undefined) {
    const names = input.estate.environments.map(({ name }) => name);
    run.host.stderr.write(`No environment "${options.environment}"; the estate has ${listed(names, 10)}.\n`);
    return exitCode.cannot;
  }
  const isWritten = await writePolicies(run, generated, options);
  printProof(run, generated);
  const { missing, beyond } = generated.proof;
  return isWritten && missing.length === 0 && beyond.length === 0 ? input.exitCode : exitCode.findings;
}

/** False when a file was left alone. */
async function writePolicies(
  run: CommandRun,
  { files }: TenancyPolicies,
  { to, force }: TenancyPoliciesCommandOptions,
): Promise<boolean> {
  if (to === undefined) {
    run.host.stdout.write([...files.values()].join("---\n"));
    return true;
  }
  const folder = to === "." ? "" : `${to.replace(/\/+$/, "")}/`;
  const texts = new Map([...files].map(([name, text]) => [`${folder}${name}`, text]));
  const kept = await run.host.writeFiles(texts, { overwrite: force });
  for (const path of texts.keys()) if (!kept.includes(path)) run.host.stdout.write(`${path}\n`);
  if (kept.length === 0) return true;
  run.host.stderr.write(
    `${counted(kept.length, "file")} exist already and were left alone: ${kept.join(", ")}\n  hint: --force replaces them\n`,
  );
  return false;
}

function printProof(run: CommandRun, { environment, files, policies, proof, notes }: TenancyPolicies): void {
  const engines = [...new Set(proof.engines.map(({ engine }) => engine))];
  note(
    run,
    `${counted(policies, "policy", "policies")} in ${counted(files.size, "namespace")} of ${environment}: of ${counted(proof.pairs, "pair")} of workloads ${proof.openPairs} stay open (${proof.openToday} today), read as ${listed(engines)}.`,
  );
  const { missing, beyond, superseded } = proof;
  if (missing.length === 0 && beyond.length === 0)
    note(run, "Proven: exactly the dependencies, the ways in and DNS remain.");
  for (const { cluster, from, to, ports, because } of missing.slice(0, shownDifferences))
    run.host.stderr.write(`missing on ${cluster}: ${from} to ${to} on ${ports}: ${because}\n`);
  for (const { cluster, from, to, ports, because } of beyond.slice(0, shownDifferences))
    run.host.stderr.write(`beyond on ${cluster}: ${from} to ${to} on ${ports}: ${because}\n`);
  const rest = missing.length + beyond.length - 2 * shownDifferences;
  if (rest > 0) run.host.stderr.write(`and more: ${missing.length} missing, ${beyond.length} beyond in all\n`);
  if (superseded.length > 0)
    note(run, `They take the place of ${listed(superseded, 6)}; delete these, for policies add up.`);
  for (const sentence of notes) note(run, sentence);
}
