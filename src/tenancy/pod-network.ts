export { createPodNetwork, type PodNetwork, type PodNetworkSharing } from "./reachability/pod-network.ts";
