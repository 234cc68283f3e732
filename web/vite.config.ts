import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The page is one bundle plus two lazy workers: the engines with their catalog, and the layout. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  worker: { format: "es" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    // Fonts stay files: the content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4_000,
  },
});
