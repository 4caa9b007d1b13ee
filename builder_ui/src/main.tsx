import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { makeQueryClient } from "@/api";
import { loadLanguage, preferredLanguage } from "@/i18n";
import { ThemeProvider, Toasts } from "@/ui";
import "@/ui/index.css";
import { router } from "./routes";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");

await loadLanguage(preferredLanguage());

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={makeQueryClient()}>
      <ThemeProvider>
        <RouterProvider router={router} />
        <Toasts />
      </ThemeProvider>
    </QueryClientProvider>
  </StrictMode>,
);
