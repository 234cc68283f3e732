import type { TenantSides } from "./comparison.ts";
import { bounded, type LayerState, type LayerStates, listed, separate, shared, unknown } from "./layer-state.ts";
import { type Measure, measures } from "./measures.ts";

export type KernelLayer = "kernel" | "pids" | "inotify" | "fileHandles";

/**
 * What one kernel holds for the pods of two tenants. `pools` may take pods of both, `open` of them pods of both without a
 * sandbox: the others' kernels are apart.
 */
export function compareKernels(
  sides: TenantSides,
  pools: readonly string[],
  open: readonly string[],
): LayerStates<KernelLayer> {
  if (open.length === 0) {
    const state = separate(`on ${listed(pools)} every pod of one of them runs in a virtual machine of its own`);
    return { kernel: state, pids: state, inotify: state, fileHandles: state };
  }
  return {
    kernel: compareSurfaces(sides, open),
    pids: comparePids(sides, open),
    inotify: compareWatches(sides, open),
    fileHandles: bounded(
      `each process on ${listed(open)} has a limit of its own, and the node has one memory for all of them`,
      measures.sandbox,
    ),
  };
}

/** User namespaces keep root in a pod from being root on the node; the kernel itself stays one. */
function compareSurfaces({ left, right, comparison }: TenantSides, open: readonly string[]): LayerState {
  const [pool = ""] = open;
  const [one, other] = [left, right].map(({ kernelSharers }) => kernelSharers.get(pool)?.label ?? "");
  const withoutNamespace = open
    .flatMap((each) => [left, right].map(({ tenant }) => comparison.nodeTraits(tenant.name, each).onHostUsers))
    .find((workload) => workload !== undefined);
  const because = `nothing keeps ${one} and ${other} off one node of ${listed(open)}`;
  if (withoutNamespace !== undefined) return shared(because, measures.sandbox, measures.userNamespace);
  return bounded(`${because}, but root in their pods is nobody there (hostUsers: false)`, measures.sandbox);
}

function comparePids({ comparison }: TenantSides, open: readonly string[]): LayerState {
  const unlimited = open.find((pool) => comparison.podPidLimit(pool) === undefined);
  if (unlimited === undefined) return bounded(`podMaxPids limits every pod on ${listed(open)}`, measures.sandbox);
  const measure: Measure = { kind: "pidLimit", text: () => `podMaxPids on ${listed(open)}` };
  return shared(
    `a pod on ${unlimited} may take all process ids of its node: podMaxPids is not set there`,
    measures.sandbox,
    measure,
  );
}

/** The kernel counts instances and watches by user id of the node, over all pods that run as it. */
function compareWatches({ left, right, comparison }: TenantSides, open: readonly string[]): LayerState {
  let doubt: LayerState | undefined;
  for (const pool of open) {
    const ours = comparison.nodeTraits(left.tenant.name, pool);
    const theirs = comparison.nodeTraits(right.tenant.name, pool);
    for (const [user, workload] of ours.users) {
      const other = theirs.users.get(user);
      if (other === undefined) continue;
      const because = `${workload.label} and ${other.label} count as user ${user} on one node of ${pool}`;
      return shared(because, measures.sandbox, measures.userRange);
    }
    const unnamed = ours.userUnknown ?? theirs.userUnknown;
    if (unnamed !== undefined) {
      doubt ??= unknown(`which user ${unnamed.label} runs as on ${pool} is up to its image`);
    }
  }
  return (
    doubt ??
    bounded(`their pods on ${listed(open)} run as different users, each with limits of its own`, measures.sandbox)
  );
}
