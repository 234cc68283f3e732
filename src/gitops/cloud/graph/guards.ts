/** Types whose absence leaves others more open than the estate declares. A judgement of this project. */
const guardTypes: ReadonlySet<string> = new Set([
  "Microsoft.Cdn/profiles/securityPolicies",
  "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings",
  "Microsoft.Insights/diagnosticSettings",
  "Microsoft.KeyVault/vaults/keys",
  "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies",
  "Microsoft.Network/azureFirewalls",
  "Microsoft.Network/firewallPolicies",
  "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
  "Microsoft.Network/privateDnsZones",
  "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
  "Microsoft.Network/privateEndpoints",
  "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
]);

/** Fields, with all below, whose absence does. */
const guardFields =
  /^(?:properties\.)?(?:accessKeysAuthentication|activeKey|apiServerAccessProfile|azureADOnlyAuthentication|disableAccessKeyAuthentication|disableLocalAuth|disableLocalAccounts|networkAcls|publicNetworkAccess|routes|securityProfile|workloadRuntime)(?:\.|$)/;

/** True where what is not said guards something. */
export function isGuard(type: string, path: string): boolean {
  return path === "" ? guardTypes.has(type) : guardFields.test(path);
}
