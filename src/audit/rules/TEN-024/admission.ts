import type { RuleAdmission } from "../../admission-policies/admission-check.ts";

const alias = "object.spec.?externalName.orValue('')";
const isAlias = "object.spec.?type.orValue('ClusterIP') == 'ExternalName'";

/** True for the name of a Service in the namespaces that the pattern names. */
function isServiceOf(namespace: string): string {
  return `${alias}.matches('^[a-z0-9-]+[.]' + ${namespace} + '[.]svc([.]cluster[.]local)?[.]?$')`;
}

export const serviceExposureAdmission: RuleAdmission = {
  checks: [
    {
      part: "1",
      on: "services",
      scope: "tenants",
      expression: "object.spec.?type.orValue('ClusterIP') != 'NodePort'",
      message: "Services must not open ports on every node.",
    },
    {
      part: "2",
      on: "services",
      scope: "tenants",
      expression: "size(object.spec.?externalIPs.orValue([])) == 0",
      message: "Services must not take external addresses.",
    },
    {
      part: "3",
      on: "services",
      scope: "tenants",
      expression: `!(${isAlias}) || !${isServiceOf("'[a-z0-9-]+'")} || ${isServiceOf("object.metadata.namespace")}`,
      message: "Services must not be names for Services of other namespaces.",
    },
    {
      part: "3",
      on: "services",
      scope: "tenants",
      severity: "low",
      expression: `!(${isAlias}) || ${isServiceOf("'[a-z0-9-]+'")}`,
      message: "Services should not be names for hosts outside: no network policy knows them.",
    },
    {
      part: "4",
      on: "services",
      scope: "classifiedTenants",
      expression:
        "object.spec.?type.orValue('ClusterIP') != 'LoadBalancer' || object.metadata.?annotations[?'service.beta.kubernetes.io/azure-load-balancer-internal'].orValue('') == 'true'",
      message: "Load balancers before classified data must be internal.",
    },
  ],
};
