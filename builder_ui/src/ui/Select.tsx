import type { Select as AntSelect } from "antd";
import { lazy, Suspense } from "react";

const Loaded = lazy(() => import("antd/es/select")) as unknown as typeof AntSelect;

/** A list to choose from. It is loaded when something is filled: who only reads a document does without it. */
export const Select: typeof AntSelect = ((props: Parameters<typeof AntSelect>[0]) => (
  <Suspense fallback={<span className="input" aria-hidden />}>
    <Loaded {...props} />
  </Suspense>
)) as typeof AntSelect;
