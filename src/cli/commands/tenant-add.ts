import type { Trust } from "../../estate/model/tenant.ts";
import type { CommandRun } from "../command-host.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { answerList, answersTo } from "./answers.ts";
import { type OnboardingOptions, onboardingCommand, readForOnboarding } from "./onboarding.ts";

export interface TenantAddOptions extends OnboardingOptions {
  readonly name?: string;
  readonly owner?: readonly string[];
  readonly classification?: string;
  readonly trust?: Trust;
  readonly accepts?: readonly string[];
  readonly quota?: readonly string[];
  readonly budget?: number;
  readonly namespaces?: readonly string[];
}

const trusts: readonly Trust[] = ["team", "internal", "external", "hostile"];

/** `scantling tenant add`: writes a Tenant document and says what it brings about. */
export async function tenantAddCommand(
  run: CommandRun,
  path: string | undefined,
  options: TenantAddOptions,
): Promise<ExitCode> {
  const input = await readForOnboarding(run, path);
  if (input === undefined) return exitCode.cannot;
  const { classifications } = input.estate;
  const needed = { isRequired: true, choices: [], otherwise: undefined };
  const answers = await answersTo(run, "tenant add", [
    { ...needed, flag: "--name", text: "Name of the tenant", given: options.name },
    { ...needed, flag: "--owner", text: "Owners: Entra groups or mail addresses", given: options.owner?.join(",") },
    {
      ...needed,
      flag: "--classification",
      text: "Class of its data",
      choices: classifications,
      otherwise: classifications.includes("internal") ? "internal" : classifications[0],
      given: options.classification,
    },
    {
      ...needed,
      flag: "--trust",
      text: "How far it is trusted",
      choices: trusts,
      otherwise: "internal",
      given: options.trust,
    },
  ]);
  if (answers === undefined) return exitCode.cannot;
  const trust = trusts.find((each) => each === answers.get("--trust")) ?? "internal";
  return onboardingCommand(
    run,
    input,
    {
      kind: "addTenant",
      name: answers.get("--name") ?? "",
      owners: answerList(answers.get("--owner")),
      classification: answers.get("--classification") ?? "",
      trust,
      accepts: options.accepts ?? [],
      quota: options.quota ?? [],
      monthlyBudget: options.budget,
      namespaces: options.namespaces ?? [],
    },
    { ...options, paths: path === undefined ? [] : [path] },
  );
}
