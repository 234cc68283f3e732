import { stringify } from "yaml";
import type { Estate } from "../../estate/model/estate.ts";
import { generatePolicies } from "../../tenancy/policies/generate-policies.ts";
import { planPolicies } from "../../tenancy/policies/policy-plan.ts";
import { type PolicyProof, verifyPolicies } from "../../tenancy/policies/verify-policies.ts";
import type { EstateReachOptions } from "../../tenancy/reachability/estate-reach.ts";

export interface TenancyPolicies {
  readonly environment: string;
  /** YAML texts by file name, one a namespace, sorted. */
  readonly files: ReadonlyMap<string, string>;
  readonly policies: number;
  readonly proof: PolicyProof;
  /** What the policies cannot do, as sentences. */
  readonly notes: readonly string[];
}

export interface TenancyPoliciesOptions extends EstateReachOptions {
  /** The last in order of promotion when absent. */
  readonly environment?: string;
}

/** Default-deny policies that leave exactly the dependencies of an environment, as YAML, with their proof. */
export function tenancyPolicies(estate: Estate, options: TenancyPoliciesOptions = {}): TenancyPolicies | undefined {
  const known = estate.environments.find(({ name }) => name === options.environment);
  const environment = options.environment === undefined ? estate.environments.at(-1) : known;
  if (environment === undefined) return undefined;
  const plan = planPolicies(estate, environment.name);
  const policies = generatePolicies(plan);
  const files = [...policies].map(([namespace, list]): [string, string] => [
    `${namespace}.yaml`,
    list.map((policy) => stringify(policy, { lineWidth: 0, aliasDuplicateObjects: false })).join("---\n"),
  ]);
  return {
    environment: environment.name,
    files: new Map(files),
    policies: [...policies.values()].reduce((sum, list) => sum + list.length, 0),
    proof: verifyPolicies(estate, plan, policies, options),
    notes: plan.notes,
  };
}
