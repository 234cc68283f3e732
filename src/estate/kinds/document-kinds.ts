import type * as z from "zod";
import { ApplicationDocument } from "./application-document.ts";
import { CloudServiceDocument } from "./cloud-service-document.ts";
import { ClusterDocument } from "./cluster-document.ts";
import { DataStoreDocument } from "./data-store-document.ts";
import { EstateDocument } from "./estate-document.ts";
import { LoadProfileDocument } from "./load-profile-document.ts";
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
} as const satisfies { readonly [kind: string]: z.ZodType };

export type DocumentKind = keyof typeof documentKinds;

/** The typed form of a document of one kind. */
export type DocumentOf<Kind extends DocumentKind> = z.infer<(typeof documentKinds)[Kind]>;

export const documentKindNames = Object.keys(documentKinds) as readonly DocumentKind[];
