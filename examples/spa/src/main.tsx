import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { SettingsProblem } from "./pages/SettingsProblem.tsx";
import { loadSettings } from "./settings/loadSettings.ts";

// After "Back", the browser may show the page from its cache, as it was when the user left for
// Kinde. That page would wait for ever, so it is loaded again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

const root = createRoot(document.getElementById("root") ?? document.body);
const content = await loadSettings().then(
  (settings) => <App settings={settings} />,
  (error: Error) => <SettingsProblem sentence={error.message} />,
);
root.render(<StrictMode>{content}</StrictMode>);
