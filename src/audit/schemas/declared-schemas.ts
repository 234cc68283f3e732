import { asList, asObject, asText, isJsonObject } from "../../estate/kubernetes/json-value.ts";
import type { JsonObject } from "../../estate/kubernetes/kubernetes-object.ts";
import type { Estate } from "../../estate/model/estate.ts";
import { lookupOf } from "../estate-lookup/estate-lookup.ts";

/** Schemas of custom resources by `apiVersion kind`, from the CustomResourceDefinitions of the input. */
export function declaredSchemas(estate: Estate): ReadonlyMap<string, JsonObject> {
  const schemas = new Map<string, JsonObject>();
  for (const { object } of lookupOf(estate).objects.ofKind("CustomResourceDefinition.apiextensions.k8s.io")) {
    const spec = asObject(object.value.spec);
    const group = asText(spec.group);
    const kind = asText(asObject(spec.names).kind);
    if (group === undefined || kind === undefined) continue;
    for (const each of asList(spec.versions)) {
      const version = asObject(each);
      const schema = asObject(version.schema).openAPIV3Schema;
      const name = asText(version.name);
      if (name !== undefined && isJsonObject(schema)) schemas.set(`${group}/${name} ${kind}`, schema);
    }
  }
  return schemas;
}
