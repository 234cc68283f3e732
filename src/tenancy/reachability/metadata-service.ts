import { portsOf } from "../../estate/kubernetes/port-set.ts";
import type { Outsider } from "./rule-peers.ts";

const address = 169 * 2 ** 24 + 254 * 2 ** 16 + 169 * 2 ** 8 + 254;

/** The instance metadata service of Azure, from which a pod may fetch tokens of its node: 169.254.169.254. */
export const metadataService: Outsider = { kind: "addresses", interval: { first: address, last: address } };

/** It answers over plain HTTP, and on no other port. Source: Microsoft Learn, instance-metadata-service, 2026-08. */
export const metadataPorts = portsOf("TCP", 80, 80);
