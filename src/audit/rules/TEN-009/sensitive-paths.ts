/** Directories that give away the node, its secrets or its container runtime. */
export const sensitivePaths: readonly string[] = [
  "/run/containerd",
  "/var/run/containerd",
  "/var/run/docker.sock",
  "/run/docker.sock",
  "/var/lib/kubelet",
  "/etc",
  "/proc",
  "/",
];
