import type { FieldPath } from "../sources/yaml-document.ts";
import { firstStated, readComputeResources } from "./compute-resources.ts";
import { asList, asLooseText, asObject, asText, isJsonObject } from "./json-value.ts";
import type { JsonObject } from "./kubernetes-object.ts";
import type { ContainerDefaults } from "./limit-range.ts";
import type { Container } from "./workload.ts";

/**
 * The containers of a pod: init containers and sidecars in their order, then the main ones, then ephemeral ones. Missing
 * requests are the container's own limits (API server), then the namespace's defaults; missing limits are the defaults.
 */
export function readContainers(
  podSpec: JsonObject,
  podSpecPath: FieldPath,
  defaults: ContainerDefaults | undefined,
): readonly Container[] {
  const lists = [
    ["initContainers", "init"],
    ["containers", "main"],
    ["ephemeralContainers", "ephemeral"],
  ] as const;
  return lists.flatMap(([field, role]) =>
    asList(podSpec[field]).flatMap((value, position) => {
      if (!isJsonObject(value)) return [];
      const path = [...podSpecPath, field, position];
      const actualRole = role === "init" && value.restartPolicy === "Always" ? "sidecar" : role;
      return [readContainer(value, path, actualRole, role === "ephemeral" ? undefined : defaults)];
    }),
  );
}

function readContainer(
  value: JsonObject,
  path: FieldPath,
  role: Container["role"],
  defaults: ContainerDefaults | undefined,
): Container {
  const resources = asObject(value.resources);
  const ownLimits = readComputeResources(resources.limits);
  const ownRequests = readComputeResources(resources.requests);
  return {
    name: asLooseText(value.name) ?? "",
    image: asText(value.image),
    role,
    requests: firstStated(ownRequests, ownLimits, defaults?.requests ?? {}),
    limits: firstStated(ownLimits, defaults?.limits ?? {}),
    value,
    path,
  };
}
