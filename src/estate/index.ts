/** The estate as a library: documents and manifests in, the one model out. */
export type { Assumption } from "./assumptions/assumption.ts";
export { type AssumptionEntry, assumptionCatalogue } from "./assumptions/catalogue.ts";
export type {
  Dependency,
  DependencyEvidence,
  DependencyTarget,
  DependencyType,
} from "./dependencies/dependency.ts";
export { type DiagnosticEntry, diagnosticCatalogue } from "./diagnostics/catalogue.ts";
export type { Diagnostic, DiagnosticSeverity } from "./diagnostics/diagnostic.ts";
export type { Figure, FigureResult, Reason } from "./figures/figure.ts";
export { AlertConditionDocument, AlertPolicyDocument } from "./kinds/alert-policy-document.ts";
export { ApplicationDocument } from "./kinds/application-document.ts";
export { CloudServiceDocument } from "./kinds/cloud-service-document.ts";
export { ClusterDocument } from "./kinds/cluster-document.ts";
export { DataStoreDocument } from "./kinds/data-store-document.ts";
export { type DocumentKind, type DocumentOf, documentKinds } from "./kinds/document-kinds.ts";
export { EstateDocument } from "./kinds/estate-document.ts";
export { anyDocumentJsonSchema, type JsonSchema, kindJsonSchema } from "./kinds/json-schemas.ts";
export { LoadProfileDocument } from "./kinds/load-profile-document.ts";
export { type FieldDescription, fieldDescriptions } from "./kinds/schema-fields.ts";
export { SliDocument } from "./kinds/sli-document.ts";
export { SloDocument } from "./kinds/slo-document.ts";
export { TenantDocument } from "./kinds/tenant-document.ts";
export type { JsonObject, KubernetesObject } from "./kubernetes/kubernetes-object.ts";
export type {
  ComputeResources,
  Container,
  DisruptionBudget,
  Replicas,
  ServiceEndpoint,
  SpreadRule,
  StandaloneClaim,
  VolumeClaim,
  Workload,
} from "./kubernetes/workload.ts";
export { chartRequests, type LoadOptions, loadEstate } from "./load-estate.ts";
export type { Application, EntryPoint, Journey, RecoveryObjective, RegionMode } from "./model/application.ts";
export type { AuditSettings, Exemption, RuleSetting } from "./model/audit-settings.ts";
export type { Cluster, ClusterComponent, MaintenanceWindow, NodePool, Taint } from "./model/cluster.ts";
export type {
  BurnRateCondition,
  CommercialTerms,
  Environment,
  Estate,
  LoadProfile,
  Network,
  ObjectiveIndicator,
  PlacedObject,
  Region,
  ServiceLevelObjective,
} from "./model/estate.ts";
export type { CloudService, DataStore, DeclaredPrice } from "./model/service.ts";
export type { TenancyLayer } from "./model/tenancy-layer.ts";
export type { Sharing, Tenant, Trust } from "./model/tenant.ts";
export type { ChartRequest, RenderedChart } from "./sources/chart.ts";
export { memorySources } from "./sources/memory-sources.ts";
export { formatPlace, type Place, type PlacePrecision } from "./sources/place.ts";
export type { SourceSet } from "./sources/source-set.ts";
