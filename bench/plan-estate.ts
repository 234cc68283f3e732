/** Tenants of a generated estate: most share, some want a pool of their own, one a cluster. */
const tenants = [
  { name: "shop", trust: "team" },
  { name: "search", trust: "team" },
  { name: "data", trust: "internal" },
  { name: "finance", trust: "internal", accepts: "{nodePool: separate, kernel: separate}" },
  { name: "partner", trust: "external" },
  { name: "guests", trust: "hostile" },
] as const;

/** CPU in millicores and memory in MiB of one pod, as requests are commonly written. */
const podSizes = [
  [100, 128],
  [100, 256],
  [250, 256],
  [250, 512],
  [500, 512],
  [500, 1024],
  [500, 2048],
  [1000, 1024],
  [1000, 2048],
  [1000, 4096],
  [2000, 4096],
  [2000, 8192],
] as const;

/** Share of the workloads by tenant, in percent; the rest is of the first. */
const shares = [45, 15, 20, 8, 8, 4];

/**
 * One production environment in one region over three zones with so many Deployments of six tenants; sizes and replicas
 * by a seeded generator, so that runs repeat.
 */
export function planEstateTexts(workloads: number, seed = 1): ReadonlyMap<string, string> {
  const random = generator(seed);
  const documents = tenants.map(
    (tenant) => `apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: ${tenant.name}}
spec: {trust: ${tenant.trust}, namespaces: [${tenant.name}]${"accepts" in tenant ? `, accepts: ${tenant.accepts}` : ""}}
`,
  );
  const manifests = Array.from({ length: workloads }, (_, index) => {
    const tenant = tenantAt(random() * 100);
    const [cpu, memory] = podSizes[Math.floor(random() * podSizes.length)] ?? podSizes[0];
    const replicas = 2 + Math.floor(random() * 4);
    return `apiVersion: apps/v1
kind: Deployment
metadata: {name: w${index}, namespace: ${tenant}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: w${index}}}
  template:
    metadata: {labels: {app: w${index}}}
    spec:
      containers:
        - {name: main, image: "registry.example/w:1", resources: {requests: {cpu: ${cpu}m, memory: ${memory}Mi}, limits: {memory: ${memory}Mi}}}
`;
  });
  return new Map([
    ["tenants.yaml", documents.join("---\n")],
    ["manifests.yaml", manifests.join("---\n")],
  ]);
}

function tenantAt(percent: number): string {
  let sum = 0;
  for (const [index, share] of shares.entries()) {
    sum += share;
    if (percent < sum) return tenants[index]?.name ?? tenants[0].name;
  }
  return tenants[0].name;
}

/** Linear congruential generator (Numerical Recipes). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
