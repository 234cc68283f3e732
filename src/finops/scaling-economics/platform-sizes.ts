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

/** True when the consumption plan of Container Apps has a size that holds the pod. */
export function fitsContainerApp(size: PlatformSize): boolean {
  return containerAppSize(size).vcpu <= autoscalingDefault("containerApps.mostVcpu").value;
}

/** Sizes of an instance of Functions Flex Consumption, smallest first; its CPU comes with the memory. */
const functionSizes = ["functions.smallInstance", "functions.mediumInstance", "functions.largeInstance"] as const;

/** The smallest instance that holds the memory of a pod; undefined where none does. */
export function functionSize({ memoryGiB }: PlatformSize): PlatformSize | undefined {
  const found = functionSizes.map((name) => autoscalingDefault(name).value).find((size) => size >= memoryGiB);
  return found === undefined ? undefined : { vcpu: 0, memoryGiB: found };
}
