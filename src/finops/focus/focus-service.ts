import { priceServicesOf } from "../../catalog/service-names.ts";
import type { Charge } from "../bill/charge.ts";

/** What FOCUS says of the service behind a charge. */
export interface FocusService {
  readonly name: string;
  readonly category: string;
  readonly subcategory: string;
}

type Kind = readonly [category: string, subcategory: string];

/** Lines of clusters by their category. */
const clusterServices: { readonly [category: string]: readonly [name: string, ...Kind] } = {
  node: ["Virtual Machines", "Compute", "Virtual Machines"],
  unusedCommitment: ["Virtual Machines", "Compute", "Virtual Machines"],
  osDisk: ["Managed Disks", "Storage", "Block Storage"],
  dataDisk: ["Managed Disks", "Storage", "Block Storage"],
  fileShare: ["Azure Files", "Storage", "File Storage"],
  loadBalancer: ["Load Balancer", "Networking", "Network Routing"],
  publicIp: ["Virtual Network", "Networking", "Network Infrastructure"],
  natGateway: ["NAT Gateway", "Networking", "Network Connectivity"],
  clusterTier: ["Azure Kubernetes Service", "Compute", "Containers"],
  defender: ["Microsoft Defender for Cloud", "Security", "Threat Detection and Response"],
};

/** Services of the cloud by their name in the price list. */
const cloudServices: { readonly [name: string]: Kind } = {
  "SQL Database": ["Databases", "Relational Databases"],
  "SQL Managed Instance": ["Databases", "Relational Databases"],
  "Azure Database for PostgreSQL": ["Databases", "Relational Databases"],
  "Azure Database for MySQL": ["Databases", "Relational Databases"],
  "Azure Cosmos DB": ["Databases", "NoSQL Databases"],
  "Redis Cache": ["Databases", "Caching"],
  Storage: ["Storage", "Object Storage"],
  "Service Bus": ["Integration", "Messaging"],
  "Event Hubs": ["Integration", "Messaging"],
  "Event Grid": ["Integration", "Messaging"],
  "API Management": ["Integration", "API Management"],
  "Key Vault": ["Security", "Secret Management"],
  "Azure Firewall": ["Networking", "Network Security"],
  "Azure Front Door Service": ["Networking", "Content Delivery"],
  "Application Gateway": ["Networking", "Application Networking"],
  "Traffic Manager": ["Networking", "Network Routing"],
  "Azure DNS": ["Networking", "Network Infrastructure"],
  "Private Link": ["Networking", "Network Connectivity"],
  "VPN Gateway": ["Networking", "Network Connectivity"],
  ExpressRoute: ["Networking", "Network Connectivity"],
  "NAT Gateway": ["Networking", "Network Connectivity"],
  "Container Registry": ["Compute", "Containers"],
  "Azure Container Apps": ["Compute", "Containers"],
  "Container Instances": ["Compute", "Containers"],
  Functions: ["Compute", "Serverless Compute"],
  "Azure App Service": ["Web", "Application Platforms"],
  "Azure Monitor": ["Management and Governance", "Observability"],
  "Log Analytics": ["Management and Governance", "Observability"],
  "Application Insights": ["Management and Governance", "Observability"],
  "Azure Grafana Service": ["Management and Governance", "Observability"],
  Backup: ["Storage", "Backup Storage"],
  "Microsoft Defender for Cloud": ["Security", "Threat Detection and Response"],
};

/** The service of a charge; what nothing tells apart is `Other`. */
export function focusServiceOf({ line, tariff }: Charge): FocusService {
  const own = clusterServices[line.category];
  if (own !== undefined) return { name: own[0], category: own[1], subcategory: own[2] };
  const name = priceServicesOf(tariff.service ?? "")[0] ?? "";
  const [category, subcategory] = cloudServices[name] ?? ["Other", "Other (Other)"];
  return { name: name === "" ? line.category : name, category, subcategory };
}
