import { expect, test } from "vitest";
import { templateCommand } from "./template-command.ts";

const request = {
  key: "k",
  chart: "charts/shop",
  release: "x",
  namespace: undefined,
  values: [],
  kubernetesVersion: undefined,
};

test("a command names release, chart, namespace, version and values in their order", () => {
  expect(templateCommand(request)).toBe("helm template x charts/shop --include-crds --skip-tests");
  const full = { ...request, namespace: "ch", kubernetesVersion: "1.34", values: ["a.yaml", "b.yaml"] };
  expect(templateCommand(full)).toBe(
    "helm template x charts/shop --namespace ch --kube-version 1.34 --values a.yaml --values b.yaml --include-crds --skip-tests",
  );
});

test("what a shell would take apart stands in quotes", () => {
  const strange = { ...request, chart: "my charts/it's", release: "$(x)" };
  expect(templateCommand(strange)).toBe("helm template '$(x)' 'my charts/it'\\''s' --include-crds --skip-tests");
});
