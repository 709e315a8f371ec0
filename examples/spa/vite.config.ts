import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { restrictScripts } from "./vite/restrictScripts.ts";
import { serveSettings } from "./vite/serveSettings.ts";

const { HOST = "127.0.0.1", PORT } = process.env;

export default defineConfig({
  plugins: [react(), restrictScripts(), serveSettings()],
  // React, supabase-js and Kinde's SDK are in one file, which is 185 kB when compressed.
  build: { chunkSizeWarningLimit: 700 },
  server: { host: HOST, port: Number(PORT ?? 5173), strictPort: true },
  preview: { host: HOST, port: Number(PORT ?? 4173), strictPort: true },
});
