import type { Assumption } from "../assumptions/assumption.ts";
import type { Dependency } from "../dependencies/dependency.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { KubernetesObject } from "../kubernetes/kubernetes-object.ts";
import type { ServiceEndpoint, StandaloneClaim, Workload } from "../kubernetes/workload.ts";
import type { Place } from "../sources/place.ts";
import type { Application, EntryPoint, Journey } from "./application.ts";
import type { AuditSettings } from "./audit-settings.ts";
import type { Cluster } from "./cluster.ts";
import type { CloudService, DataStore } from "./service.ts";
import type { Tenant } from "./tenant.ts";

export interface Region {
  readonly name: string;
  readonly zones: readonly string[];
  readonly place?: Place;
}

export interface Environment {
  readonly name: string;
  readonly criticality: "low" | "medium" | "high";
  /** `always`, or days and hours such as `Mon-Fri 07:00-19:00`. */
  readonly hours: string;
  readonly timeZone: string;
  readonly place?: Place;
}

export interface Network {
  readonly name: string;
  readonly region: string | undefined;
  readonly zone: string | undefined;
  readonly addressSpace: readonly string[];
  readonly subnets: readonly { readonly name: string; readonly prefix: string }[];
  readonly egress: { readonly type: string | undefined; readonly allowedFqdns: readonly string[] };
  readonly place?: Place;
}

/** Commercial terms; money in the estate's currency. Discounts are ratios of the list price (0.12 for 12 %). */
export interface CommercialTerms {
  readonly discounts: readonly { readonly service: string; readonly ratio: number }[];
  readonly reservations: readonly {
    readonly vmSize: string;
    readonly region: string;
    readonly quantity: number;
    readonly termYears: 1 | 3;
    /** Last day, `YYYY-MM-DD`. */
    readonly until: string | undefined;
    readonly place?: Place;
  }[];
  readonly savingsPlans: readonly {
    readonly hourlyCommitment: number;
    readonly termYears: 1 | 3;
    readonly until: string | undefined;
    readonly place?: Place;
  }[];
  readonly operatorHourCost: number | undefined;
}

/** One object on one cluster in one environment: what rendering the applications and folders gave. */
export interface PlacedObject {
  readonly environment: string;
  readonly cluster: string;
  /** Namespace it lands in; undefined for cluster-scoped kinds. */
  readonly namespace: string | undefined;
  readonly application: string | undefined;
  readonly tenant: string;
  readonly object: KubernetesObject;
}

export interface LoadProfile {
  readonly name: string;
  readonly unit: string;
  readonly spec: { readonly [key: string]: unknown };
  readonly place?: Place;
}

/** What an objective is measured by, in the form of OpenSLO. */
export interface ObjectiveIndicator {
  /** Undefined for one in place without a name. */
  readonly name: string | undefined;
  readonly spec: { readonly [key: string]: unknown };
}

/** A burn rate that an alert policy of an objective asks to be told about. */
export interface BurnRateCondition {
  readonly name: string;
  /** As written; undefined where nothing is said. */
  readonly severity: string | undefined;
  readonly operator: "lte" | "gte" | "lt" | "gt";
  /** Burn rate: 1 spends the whole budget in one window. */
  readonly threshold: number;
  readonly lookbackSeconds: number;
  /** How long it must hold. */
  readonly alertAfterSeconds: number;
}

export interface ServiceLevelObjective {
  readonly name: string;
  readonly service: string;
  /** Target as a share of time it may miss. */
  readonly unavailability: number;
  readonly windowDays: number;
  /** False for a window aligned with the calendar. */
  readonly isRolling: boolean;
  readonly budgetingMethod: "Occurrences" | "Timeslices" | "RatioTimeslices";
  /** Undefined where none is declared or the one that is named does not exist. */
  readonly indicator: ObjectiveIndicator | undefined;
  /** Of a threshold metric: what is good. */
  readonly threshold?: { readonly operator: "lte" | "gte" | "lt" | "gt"; readonly value: number };
  /** Of a budget counted in slices of time: its length, and the share of a slice that must be good. */
  readonly timeSlice?: { readonly seconds: number | undefined; readonly target: number | undefined };
  /** Burn rates of its own alert policies; empty where the usual ones will do. */
  readonly alertConditions: readonly BurnRateCondition[];
  readonly spec: { readonly [key: string]: unknown };
  readonly place?: Place;
}

/** The one model: everything engines know. Plain data, built by `loadEstate`, never changed afterwards. */
export interface Estate {
  readonly name: string;
  /** Where the Estate document is; absent when there is none. */
  readonly place?: Place;
  /** True when the user says that everything is declared, so that absence can be proven. */
  readonly complete: boolean;
  readonly currency: string;
  /** Units of `currency` for one USD; undefined when none is declared and the currency is USD. */
  readonly exchangeRate: { readonly perUsd: number; readonly asOf: string; readonly place?: Place } | undefined;
  /** In rising order. */
  readonly classifications: readonly string[];
  readonly regions: readonly Region[];
  /** In order of promotion. */
  readonly environments: readonly Environment[];
  readonly networks: readonly Network[];
  readonly delivery: {
    readonly agent: string | undefined;
    readonly packaging: string | undefined;
    readonly cloudTarget: string | undefined;
  };
  readonly commercial: CommercialTerms;
  /** Overrides of the failure model by assumption name, such as `zone-unavailability`; values as numbers. */
  readonly failureModel: ReadonlyMap<string, { readonly value: number; readonly place?: Place }>;
  readonly audit: AuditSettings;
  readonly clusters: readonly Cluster[];
  readonly tenants: readonly Tenant[];
  readonly applications: readonly Application[];
  readonly entryPoints: readonly EntryPoint[];
  readonly journeys: readonly Journey[];
  readonly dataStores: readonly DataStore[];
  readonly cloudServices: readonly CloudService[];
  readonly loadProfiles: readonly LoadProfile[];
  readonly serviceLevelObjectives: readonly ServiceLevelObjective[];
  readonly workloads: readonly Workload[];
  readonly services: readonly ServiceEndpoint[];
  readonly claims: readonly StandaloneClaim[];
  readonly dependencies: readonly Dependency[];
  /** Every object, also of kinds nobody knows. */
  readonly objects: readonly PlacedObject[];
  /** Objects that another one with the same identity takes the place of; absent when there are none. */
  readonly overwritten?: readonly PlacedObject[];
  readonly assumptions: readonly Assumption[];
  readonly diagnostics: readonly Diagnostic[];
}
