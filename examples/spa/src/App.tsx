import { useState } from "react";
import { createBrowserRouter, RouterProvider } from "react-router";
import { createRoutes } from "./routes.tsx";
import type { Settings } from "./settings/readSettings.ts";

export function App({ settings }: { settings: Settings }) {
  const [router] = useState(() => createBrowserRouter(createRoutes(settings)));
  return <RouterProvider router={router} />;
}
