import { autoscalingDefault } from "../../catalog/autoscaling-defaults.ts";

/** What one instance of a platform is billed by. */
export interface PlatformSize {
  readonly vcpu: number;
  readonly memoryGiB: number;
}

/** The smallest Container App that holds a pod: a quarter of a vCPU at a time, with 2 GiB for each vCPU. */
export function containerAppSize({ vcpu, memoryGiB }: PlatformSize): PlatformSize {
  const step = autoscalingDefault("containerApps.vcpuStep").value;
  const gibPerVcpu = autoscalingDefault("containerApps.gibPerVcpu").value;
  const steps = Math.max(1, Math.ceil(Math.max(vcpu, memoryGiB / gibPerVcpu) / step - 1e-9));
  return { vcpu: steps * step, memoryGiB: steps * step * gibPerVcpu };
}

/** Sizes of an instance of Functions Flex Consumption; its CPU comes with the memory. */
const functionMemoryGiB = [0.5, 2, 4];

/** The smallest instance that holds the memory of a pod; undefined where none does. */
export function functionSize({ memoryGiB }: PlatformSize): PlatformSize | undefined {
  const found = functionMemoryGiB.find((size) => size >= memoryGiB);
  return found === undefined ? undefined : { vcpu: 0, memoryGiB: found };
}
