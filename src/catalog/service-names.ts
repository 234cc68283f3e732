/** One service under its catalog name, its name in the SLA table, and its names in the price list. */
interface ServiceName {
  readonly name: string;
  readonly sla?: string;
  readonly prices?: readonly string[];
  readonly aliases?: readonly string[];
}

const SERVICE_NAMES: readonly ServiceName[] = [
  { name: "aks", sla: "aks", prices: ["Azure Kubernetes Service"] },
  { name: "virtualMachine", sla: "vm", aliases: ["virtualMachines"] },
  { name: "virtualMachineScaleSet", sla: "vmss" },
  { name: "managedDisk", sla: "managed-disk" },
  { name: "storage", sla: "storage", prices: ["Storage"], aliases: ["storageBlob", "storageFiles", "storageAccount"] },
  { name: "azureSql", sla: "sql-db", prices: ["SQL Database"], aliases: ["sqlDatabase", "azureSqlDatabase"] },
  { name: "sqlManagedInstance", sla: "sql-mi", prices: ["SQL Managed Instance"] },
  { name: "cosmosDb", sla: "cosmos-db", prices: ["Azure Cosmos DB"] },
  {
    name: "postgresqlFlexible",
    sla: "postgresql-flexible",
    prices: ["Azure Database for PostgreSQL", "PostgreSQL Flexible Server"],
    aliases: ["postgresql"],
  },
  { name: "mysqlFlexible", sla: "mysql-flexible", prices: ["Azure Database for MySQL"], aliases: ["mysql"] },
  { name: "redis", sla: "redis", prices: ["Redis Cache"], aliases: ["azureCacheForRedis", "redisCache"] },
  { name: "serviceBus", sla: "service-bus", prices: ["Service Bus"] },
  { name: "eventHubs", sla: "event-hubs", prices: ["Event Hubs"] },
  { name: "eventGrid", sla: "event-grid", prices: ["Event Grid"] },
  { name: "keyVault", sla: "key-vault", prices: ["Key Vault"] },
  { name: "frontDoor", sla: "front-door", prices: ["Azure Front Door Service", "Front Door"] },
  { name: "trafficManager", sla: "traffic-manager", prices: ["Traffic Manager"] },
  { name: "applicationGateway", sla: "app-gateway", prices: ["Application Gateway"] },
  { name: "loadBalancer", sla: "load-balancer" },
  { name: "natGateway", sla: "nat-gateway", prices: ["NAT Gateway"] },
  { name: "privateLink", sla: "private-link", prices: ["Private Link"], aliases: ["privateEndpoint"] },
  { name: "azureFirewall", sla: "azure-firewall", prices: ["Azure Firewall"], aliases: ["firewall"] },
  { name: "vpnGateway", sla: "vpn-gateway", prices: ["VPN Gateway"] },
  { name: "expressRoute", sla: "expressroute", prices: ["ExpressRoute"] },
  { name: "apiManagement", sla: "api-management", prices: ["API Management"] },
  { name: "appConfiguration", sla: "app-configuration", prices: ["App Configuration"] },
  { name: "containerApps", sla: "container-apps", prices: ["Azure Container Apps"] },
  { name: "functions", sla: "functions", prices: ["Functions"], aliases: ["azureFunctions"] },
  { name: "appService", sla: "app-service", prices: ["Azure App Service"] },
  { name: "containerRegistry", sla: "container-registry", prices: ["Container Registry"] },
  { name: "containerInstances", sla: "container-instances", prices: ["Container Instances"] },
  { name: "entraId", sla: "entra-id" },
  { name: "dns", sla: "dns", prices: ["Azure DNS"], aliases: ["azureDns", "publicDns"] },
  { name: "logAnalytics", sla: "log-analytics", prices: ["Log Analytics"], aliases: ["containerInsights"] },
  { name: "applicationInsights", sla: "app-insights", prices: ["Application Insights"] },
  { name: "azureMonitor", prices: ["Azure Monitor"], aliases: ["monitor", "managedPrometheus"] },
  { name: "bastion", sla: "bastion", prices: ["Bastion"] },
  { name: "recoveryServicesVault", sla: "recovery-services-vault", prices: ["Backup"], aliases: ["backup"] },
  { name: "signalR", sla: "signalr" },
  { name: "netAppFiles", sla: "netapp-files" },
  { name: "virtualNetwork", prices: ["Virtual Network"] },
  { name: "defender", prices: ["Microsoft Defender for Cloud"] },
  { name: "grafana", prices: ["Azure Grafana Service"] },
];

const byKey = new Map<string, ServiceName>();
for (const service of SERVICE_NAMES) {
  for (const name of [service.name, service.sla ?? "", ...(service.prices ?? []), ...(service.aliases ?? [])]) {
    if (name !== "") byKey.set(keyOf(name), service);
  }
}

function keyOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** Name of a service in the SLA table; undefined when the table does not know it. */
export function slaServiceOf(service: string): string | undefined {
  return byKey.get(keyOf(service))?.sla;
}

/** Names of a service in the price list: those of a catalog name, or the one written out. */
export function priceServicesOf(service: string): readonly string[] {
  return byKey.get(keyOf(service))?.prices ?? [service];
}

/** Names by which a declared service may be called, for hints. */
export function catalogServiceNames(): readonly string[] {
  return SERVICE_NAMES.map((service) => service.name);
}
