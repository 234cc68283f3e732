/** What the operator can write of a resource into a ConfigMap, by the path in its ARM body. */
interface ExportedFact {
  readonly armType: string;
  readonly output: string;
  /** Under `spec.operatorSpec.configMaps`. */
  readonly key: string;
}

// From the schemas of the custom resources, see catalog/tables/service-operator-kinds.json.
const facts: readonly ExportedFact[] = [
  ...["principalId", "clientId", "tenantId"].map((key) => ({
    armType: "Microsoft.ManagedIdentity/userAssignedIdentities",
    output: `properties.${key}`,
    key,
  })),
  {
    armType: "Microsoft.ContainerService/managedClusters",
    output: "properties.oidcIssuerProfile.issuerURL",
    key: "oidcIssuerProfile",
  },
  ...["Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.Sql/servers"].map((armType) => ({
    armType,
    output: "properties.fullyQualifiedDomainName",
    key: "fullyQualifiedDomainName",
  })),
];

export function exportOf(armType: string, output: string): ExportedFact | undefined {
  return facts.find((fact) => fact.armType === armType && fact.output === output);
}

export function exportByKey(armType: string, key: string): ExportedFact | undefined {
  return facts.find((fact) => fact.armType === armType && fact.key === key);
}
