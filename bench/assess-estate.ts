const namespaces = 20;

/**
 * Manifests of `workloads` Deployments with Services, each calling the next one by its environment; every twentieth has
 * an Ingress, so that journeys grow with the estate as they do in real ones.
 */
export function assessText(workloads: number): string {
  return Array.from({ length: workloads }, (_, index) => workloadText(index, workloads)).join("");
}

function workloadText(index: number, workloads: number): string {
  const name = `service-${index}`;
  const namespace = `team-${index % namespaces}`;
  const next = (index + namespaces) % workloads;
  const callsNext = next > index && index % 5 !== 0;
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  replicas: ${1 + (index % 4)}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      topologySpreadConstraints:
        - {maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: ${name}}}}
      containers:
        - name: main
          image: example.azurecr.io/${name}:1.${index}
          ports: [{name: http, containerPort: 8080}]
          resources: {requests: {cpu: ${100 + 50 * (index % 5)}m, memory: ${128 + 64 * (index % 4)}Mi}, limits: {memory: 512Mi}}
          env: [{name: NEXT_URL, value: "${callsNext ? `http://service-${next}.team-${next % namespaces}:80` : "none"}"}]
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {app: ${name}}, ports: [{port: 80, targetPort: http}]}
${index % 20 === 0 ? ingressText(name, namespace) : ""}`;
}

function ingressText(name: string, namespace: string): string {
  return `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}, namespace: ${namespace}}
spec: {rules: [{host: ${name}.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${name}, port: {number: 80}}}}]}}]}
`;
}
