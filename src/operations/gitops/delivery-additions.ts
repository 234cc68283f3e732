import { asObject, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import { entryOf } from "../../estate/kubernetes/map-entry.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { readYaml } from "../../estate/sources/read-yaml.ts";
import { generatePolicies } from "../../tenancy/policies/generate-policies.ts";
import { planPolicies } from "../../tenancy/policies/policy-plan.ts";
import { sloRules } from "../slo/slo-rules.ts";
import { applicationOf } from "../slo/slo-traffic.ts";

/** Policies that leave exactly the dependencies, by environment and namespace. */
export function generatedPolicies(estate: Estate): ReadonlyMap<string, ReadonlyMap<string, readonly JsonObject[]>> {
  return new Map(
    estate.environments.map(({ name }) => {
      const policies = generatePolicies(planPolicies(estate, name));
      return [
        name,
        new Map([...policies].map(([namespace, list]) => [namespace, list.map((policy) => ({ ...policy }))])),
      ];
    }),
  );
}

/** PrometheusRule objects of the objectives, by the application that each is for. */
export function objectiveRules(estate: Estate): ReadonlyMap<string, readonly JsonObject[]> {
  if (estate.serviceLevelObjectives.length === 0) return new Map();
  const { report, files } = sloRules(estate, { form: "prometheusRule", windows: [], minimumErrors: 0 });
  const rules = new Map<string, JsonObject[]>();
  for (const { id, slo } of report.objectives) {
    const declared = estate.serviceLevelObjectives.find(({ name }) => name === slo);
    const application = declared === undefined ? undefined : applicationOf(estate, declared.service);
    const value = readYaml(files.get(`${id}.yaml`) ?? "", `${id}.yaml`).documents[0]?.value;
    if (application === undefined || !isJsonObject(value)) continue;
    entryOf(rules, application.name, (): JsonObject[] => []).push({
      ...value,
      metadata: { ...asObject(value.metadata) },
    });
  }
  return rules;
}
