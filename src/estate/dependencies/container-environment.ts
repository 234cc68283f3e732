import { asList, asLooseText, asObject, asText, valueAt } from "../kubernetes/json-value.ts";
import type { NamespaceScope } from "../kubernetes/object-index.ts";
import type { Container, Workload } from "../kubernetes/workload.ts";
import type { Place } from "../sources/place.ts";
import type { Configuration, ConfigurationEntry, Configurations } from "./configuration.ts";
import { expandVariables } from "./expand-variables.ts";

/** One environment variable as the container sees it. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
  /** The value with `_` in the place of what comes from a Secret or is unknown; undefined for a Secret's own value. */
  readonly masked: string | undefined;
  /** Where the value comes from; `secret` values are never shown. */
  readonly from: "literal" | "configMap" | "secret";
  /** Key in the ConfigMap or Secret, where it differs from the name. */
  readonly sourceKey: string | undefined;
  readonly place: () => Place;
}

/** A ConfigMap or Secret that a container needs and the input does not hold. */
export interface MissingConfiguration {
  readonly kind: Configuration["kind"];
  readonly name: string;
  readonly place: () => Place;
}

export interface ContainerEnvironment {
  /** By name; what a later source sets again replaces the earlier one. */
  readonly variables: ReadonlyMap<string, EnvironmentVariable>;
  readonly missing: readonly MissingConfiguration[];
}

/** What the kubelet adds by itself: host and port variables of the namespace's Services. */
export type ServiceVariables = (name: string) => string | undefined;

interface Building {
  readonly workload: Workload;
  readonly container: Container;
  readonly configurations: Configurations;
  readonly variables: Map<string, EnvironmentVariable>;
  readonly missing: MissingConfiguration[];
}

/**
 * The environment of a container as the kubelet builds it: `envFrom` in order, then `env` in order, each overriding what
 * came before; `$(NAME)` in a literal value refers to what is defined so far and to the Services of the namespace.
 */
export function readEnvironment(
  workload: Workload,
  container: Container,
  configurations: Configurations,
  serviceVariables: ServiceVariables,
): ContainerEnvironment {
  const building: Building = { workload, container, configurations, variables: new Map(), missing: [] };
  asList(container.value.envFrom).forEach((source, position) => {
    addAll(building, source, position, "configMapRef", "ConfigMap");
    addAll(building, source, position, "secretRef", "Secret");
  });
  asList(container.value.env).forEach((entry, position) => {
    addOne(building, asObject(entry), position, serviceVariables);
  });
  return { variables: building.variables, missing: building.missing };
}

function addAll(
  building: Building,
  source: unknown,
  position: number,
  field: string,
  kind: Configuration["kind"],
): void {
  const reference = asObject(asObject(source)[field]);
  const name = asText(reference.name);
  if (name === undefined) return;
  const path = [...building.container.path, "envFrom", position, field];
  const configuration = findConfiguration(building, kind, name, reference.optional === true, path);
  const prefix = asText(asObject(source).prefix) ?? "";
  for (const { key, text, place } of configuration?.entries.values() ?? []) {
    const variable = `${prefix}${key}`;
    building.variables.set(variable, sourced(variable, kind, { key, text, place }));
  }
}

function addOne(
  building: Building,
  entry: { readonly [key: string]: unknown },
  position: number,
  serviceVariables: ServiceVariables,
): void {
  const name = asLooseText(entry.name);
  if (name === undefined) return;
  const path = [...building.container.path, "env", position];
  const literal = asLooseText(entry.value);
  if (literal !== undefined && entry.valueFrom === undefined) {
    const { variables } = building;
    const lookUp = (variable: string) => variables.get(variable)?.value ?? serviceVariables(variable);
    const value = expandVariables(literal, lookUp);
    const masked = expandVariables(
      literal,
      (variable) => maskedValue(variables.get(variable)) ?? serviceVariables(variable) ?? "_",
    );
    const place = () => building.workload.object.locate([...path, "value"]);
    variables.set(name, { name, value, masked, from: "literal", sourceKey: undefined, place });
    return;
  }
  building.variables.delete(name);
  for (const [field, kind] of [
    ["configMapKeyRef", "ConfigMap"],
    ["secretKeyRef", "Secret"],
  ] as const) {
    const reference = asObject(valueAt(entry, ["valueFrom", field]));
    const source = asText(reference.name);
    const key = asText(reference.key);
    if (source === undefined || key === undefined) continue;
    const configuration = findConfiguration(building, kind, source, reference.optional === true, [
      ...path,
      "valueFrom",
      field,
    ]);
    const found = configuration?.entries.get(key);
    if (found === undefined) continue;
    building.variables.set(name, sourced(name, kind, found));
  }
}

function findConfiguration(
  { workload, configurations, missing }: Building,
  kind: Configuration["kind"],
  name: string,
  optional: boolean,
  path: readonly (string | number)[],
): Configuration | undefined {
  const scope: NamespaceScope = workload;
  const configuration = configurations.find(scope, kind, name);
  if (configuration === undefined && !optional) missing.push({ kind, name, place: () => workload.object.locate(path) });
  return configuration;
}

function sourced(
  name: string,
  kind: Configuration["kind"],
  { key, text, place }: ConfigurationEntry,
): EnvironmentVariable {
  const isSecret = kind === "Secret";
  const masked = isSecret ? undefined : text;
  return { name, value: text, masked, from: isSecret ? "secret" : "configMap", sourceKey: key, place };
}

/** What of a variable may be shown. */
function maskedValue(variable: EnvironmentVariable | undefined): string | undefined {
  return variable === undefined ? undefined : (variable.masked ?? "_");
}
