import type { ComputeQuantities } from "../kinds/compute-quantities.ts";
import type { ComputeResources } from "../kubernetes/workload.ts";
import { bytes, cpuMillicores, parseQuantity } from "../quantities/quantity.ts";

/** Declared quantities in base units; what is not declared stays absent. */
export function declaredResources(quantities: ComputeQuantities | undefined): ComputeResources {
  const cpu = quantities?.cpu === undefined ? undefined : parseQuantity(quantities.cpu);
  const memory = quantities?.memory === undefined ? undefined : parseQuantity(quantities.memory);
  const storage = quantities?.["ephemeral-storage"];
  const ephemeral = storage === undefined ? undefined : parseQuantity(storage);
  return {
    ...(cpu === undefined ? {} : { cpuMillicores: cpuMillicores(cpu) }),
    ...(memory === undefined ? {} : { memoryBytes: bytes(memory) }),
    ...(ephemeral === undefined ? {} : { ephemeralStorageBytes: bytes(ephemeral) }),
  };
}
