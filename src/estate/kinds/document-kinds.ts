import type * as z from "zod";
import { AlertConditionDocument, AlertPolicyDocument } from "./alert-policy-document.ts";
import { ApplicationDocument } from "./application-document.ts";
import { CloudServiceDocument } from "./cloud-service-document.ts";
import { ClusterDocument } from "./cluster-document.ts";
import { DataStoreDocument } from "./data-store-document.ts";
import { EstateDocument } from "./estate-document.ts";
import { LoadProfileDocument } from "./load-profile-document.ts";
import { SliDocument } from "./sli-document.ts";
import { SloDocument } from "./slo-document.ts";
import { TenantDocument } from "./tenant-document.ts";

/** Every kind of document that an estate is declared with, with its schema. */
export const documentKinds = {
  Estate: EstateDocument,
  Cluster: ClusterDocument,
  Tenant: TenantDocument,
  Application: ApplicationDocument,
  DataStore: DataStoreDocument,
  CloudService: CloudServiceDocument,
  LoadProfile: LoadProfileDocument,
  SLO: SloDocument,
  SLI: SliDocument,
  AlertPolicy: AlertPolicyDocument,
  AlertCondition: AlertConditionDocument,
} as const satisfies { readonly [kind: string]: z.ZodType };

export type DocumentKind = keyof typeof documentKinds;

/** The typed form of a document of one kind. */
export type DocumentOf<Kind extends DocumentKind> = z.infer<(typeof documentKinds)[Kind]>;

export const documentKindNames = Object.keys(documentKinds) as readonly DocumentKind[];

/** Kinds whose documents are of OpenSLO and not of Scantling. */
export const openSloKinds: ReadonlySet<DocumentKind> = new Set(["SLO", "SLI", "AlertPolicy", "AlertCondition"]);
