/** A small company whose documents use every field of every kind, for tests. */
export const breweryDocuments = `apiVersion: scantling/v1alpha1
kind: Estate
metadata: {name: brewery, labels: {owner: platform}}
spec:
  complete: true
  currency: DKK
  exchangeRates: {DKK: {perUsd: 6.9, asOf: "2026-10-01"}}
  classifications: [open, restricted, recipes]
  regions:
    - {name: northeurope, zones: ["1", "2", "3"]}
    - {name: swedencentral, zones: ["1", "2"]}
  environments:
    - {name: test, criticality: low, hours: "Mon-Thu 08:00-18:00, Fri 08:00-15:00", timeZone: Europe/Copenhagen}
    - {name: live, criticality: high, hours: always}
  networks:
    - name: hub-ne
      region: northeurope
      zone: internal
      addressSpace: ["10.20.0.0/16", "fd00:20::/48"]
      subnets: [{name: nodes, prefix: 10.20.0.0/20}, {name: ingress, prefix: 10.20.16.0/24}]
      egress: {type: firewall, allowedFqdns: ["*.brewery.example"]}
  delivery: {agent: argocd, packaging: kustomize, cloudTarget: terraform}
  commercial:
    discounts: [{service: virtualMachines, percent: 10}]
    reservations: [{vmSize: Standard_D4s_v5, region: northeurope, quantity: 3, termYears: 1, until: "2027-05-31"}]
    savingsPlans: [{hourlyCommitment: 2.5, termYears: 3, until: "2028-01-31"}]
    operatorHourCost: 700
  failureModel: {zone-unavailability: "0.02%", node-repair-time: 30m, deploys-per-month: 8}
---
apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: live-ne}
spec:
  region: northeurope
  environments: [live]
  ring: "2"
  subscription: brewery-live
  operatingModel: platformProduct
  tier: Premium
  kubernetesVersion: "1.35"
  channels: {cluster: stable, nodeOs: NodeImage}
  maintenance: [{scope: cluster, window: "Sat 01:00-05:00", timeZone: Europe/Copenhagen}]
  network: {name: hub-ne, plugin: azureNodeSubnet, dataPlane: azure, policyEngine: azure, outbound: managedNATGateway, privateApiServer: true, serviceMesh: none}
  identity: {entraIntegrated: true, localAccounts: false, workloadIdentity: true}
  monitoring: {containerInsights: true, managedPrometheus: true, defender: false}
  backup: {enabled: false}
  components:
    - {name: traefik, version: 3.4.1, namespace: edge, crds: [ingressroutes.traefik.io], requests: {cpu: 100m, memory: 256Mi}, replicas: 2}
  nodePools:
    - name: sys
      mode: System
      vmSize: Standard_D4ds_v5
      zones: ["1", "2", "3"]
      count: 3
      maxPods: 60
      osSku: AzureLinux
      osDisk: {type: Ephemeral, sizeGiB: 100}
      labels: {purpose: system}
      taints: [{key: CriticalAddonsOnly, value: "true", effect: NoSchedule}]
      upgrade: {maxSurge: "33%", drainTimeout: 20m, soakDuration: 2m}
      linux: {podMaxPids: 2048, sysctls: {vm.max_map_count: 262144}}
    - {name: work, mode: User, vmSize: Standard_D8s_v5, zones: ["1", "2"], autoscaling: {min: 1, max: 9}, maxPods: 30, osSku: Ubuntu, osDisk: {type: Managed, sizeGiB: 256}, spot: true, spotMaxPrice: -1, workloadRuntime: OCIContainer}
---
apiVersion: scantling/v1alpha1
kind: Cluster
metadata: {name: test-ne}
spec:
  region: northeurope
  environments: [test]
  operatingModel: rawAks
  tier: Free
  kubernetesVersion: "1.36"
  network: {plugin: azureOverlay, outbound: loadBalancer}
  nodePools: [{name: all, mode: System, vmSize: Standard_D4s_v5, zones: [], count: 2, maxPods: 110, osSku: Ubuntu, osDisk: {type: Managed}}]
---
apiVersion: scantling/v1alpha1
kind: Tenant
metadata: {name: sales}
spec:
  owners: [{entraGroup: sales-owners}, {user: kim}, {email: sales@brewery.example}]
  namespaces: [tap-extra]
  classification: restricted
  trust: internal
  accepts: {kernel: separate, podsNetwork: bounded, controlPlane: shared}
  quota: {cpu: "20", memory: 64Gi, ephemeral-storage: 20Gi}
  budget: {monthlyCost: 30000}
  exemptions: [{rule: TEN-008, selector: {namespace: tap-extra, name: probe}, reason: "vendor agent", owner: kim, until: "2027-02-28"}]
---
apiVersion: scantling/v1alpha1
kind: Application
metadata: {name: taproom}
spec:
  tenant: sales
  class: standard
  environments: [test, live]
  clusters: {live: [live-ne]}
  namespace: taproom
  manifests: {default: ./manifests/taproom.yaml}
  regions: {mode: single, primary: northeurope, switchSeconds: 120, detectSeconds: 30}
  entryPoints: [{name: web, workload: taproom/Deployment/web, hostname: tap.brewery.example, exposure: public, through: [CloudService/door]}]
  journeys: [{name: order, entryPoint: web, through: [taproom/Deployment/orders], downtimeCostPerMinute: 55, objective: "99.9%"}]
  dependencies:
    - {from: taproom/Deployment/orders, to: DataStore/ledger, type: hard}
    - {from: taproom/Deployment/web, to: taproom/Deployment/orders, type: soft, fallback: "queue on the client"}
    - {from: taproom/Deployment/orders, to: CloudService/bus, type: async, bufferMinutes: 60}
    - {from: taproom/Deployment/orders, to: "host:pay.bank.example:443", type: hard, availability: "99.5%"}
  load: [{profile: LoadProfile/evening, workload: taproom/Deployment/web, perReplica: 40}]
  recovery: {zone: {rto: 5m, rpo: 0s}, region: {rto: 4h, rpo: 1h}}
  delivery: {strategy: canary, controller: flagger, steps: [10, 50], perMonth: 12, badShare: "5%"}
  requires: {crds: [ingressroutes.traefik.io], privileged: false, sandbox: false, fileWatches: 5000, kernelNotes: "reloads its configuration"}
---
apiVersion: scantling/v1alpha1
kind: DataStore
metadata: {name: ledger}
spec:
  application: taproom
  service: postgresqlFlexible
  sku: GP_Standard_D4ds_v5
  workload: null
  entities: [{name: keg, invariants: [{type: atLeast, value: 0}], operations: [{type: decrement, perSecond: 3}]}]
  consistency: {reads: strong, clientsMoveRegions: false, sessionTokenTravels: false}
  latency: {readP99: 15ms, writeP99: 50ms}
  regions: {readers: [northeurope, swedencentral], writers: [northeurope]}
  zoneRedundant: true
  availability: "99.99%"
  recovery: {node: {rto: 60s, rpo: 0s}, operatorError: {rto: 8h, rpo: 15m}}
  transactionSpan: database
  sizeGiB: 128
  retention: {immutable: false, years: 5}
  lossCost: {perLostWrite: 200, perOversell: 90, perRefund: 15}
  price: {monthlyCost: 4100, source: quote, asOf: "2026-09-30"}
---
apiVersion: scantling/v1alpha1
kind: CloudService
metadata: {name: door}
spec: {service: frontDoor, tier: Standard, waf: detection, regions: global, availability: null, price: null}
---
apiVersion: scantling/v1alpha1
kind: CloudService
metadata: {name: bus}
spec: {service: serviceBus, tier: Premium, regions: [northeurope], zoneRedundant: true, quantity: 2}
---
apiVersion: scantling/v1alpha1
kind: LoadProfile
metadata: {name: evening}
spec:
  unit: requestsPerSecond
  shape: {base: 10, daily: {peak: 80, peakAt: "19:30"}, weekly: {fri: 1.6, sat: 1.9}, noise: 0.1, timeZone: Europe/Copenhagen}
  events: [{name: beer-festival, start: "2027-06-05T10:00:00Z", duration: 48h, factor: 4}]
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: order-availability, displayName: Orders}
spec:
  service: taproom/order
  indicator: {metadata: {name: good}, spec: {ratioMetric: {counter: true, good: {}, total: {}}}}
  timeWindow: [{duration: 28d, isRolling: true}]
  budgetingMethod: Occurrences
  objectives: [{displayName: most, target: 0.9995}]
`;

/** Manifests of the application \`taproom\`, without namespaces. */
export const taproomManifests = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "registry.example/web:1", env: [{name: ORDERS_URL, value: "http://orders:8080"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 2
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "registry.example/orders:1"}]
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
`;

/** The whole repository by path. */
export const breweryTexts: { readonly [path: string]: string } = {
  "brewery.yaml": breweryDocuments,
  "manifests/taproom.yaml": taproomManifests,
};
