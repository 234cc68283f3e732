/** The forms in which the same objects are loaded. */
export const loadForms = ["YAML documents", "YAML list", "JSON list"] as const;
export type LoadForm = (typeof loadForms)[number];

/** A text of `count` Deployments of about 0.5 kB each. */
export function loadText(form: LoadForm, count: number): string {
  const indices = Array.from({ length: count }, (_, index) => index);
  switch (form) {
    case "YAML documents":
      return indices.map((index) => deploymentText(index)).join("---\n");
    case "YAML list":
      return `apiVersion: v1\nkind: List\nitems:\n${indices.map((index) => listItem(deploymentText(index))).join("")}`;
    case "JSON list":
      return JSON.stringify({ apiVersion: "v1", kind: "List", items: indices.map(deployment) });
  }
}

function listItem(text: string): string {
  return `- ${text.trimEnd().replaceAll("\n", "\n  ")}\n`;
}

function deploymentText(index: number): string {
  const name = `web-${index}`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: team-${index % 50}
  labels:
    app: ${name}
spec:
  replicas: 3
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.2.${index}
          ports:
            - containerPort: 8080
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 256Mi
`;
}

function deployment(index: number): unknown {
  const labels = { app: `web-${index}` };
  const resources = { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } };
  const container = {
    name: "web",
    image: `registry.example/web:1.2.${index}`,
    ports: [{ containerPort: 8080 }],
    resources,
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: labels.app, namespace: `team-${index % 50}`, labels },
    spec: {
      replicas: 3,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
}
