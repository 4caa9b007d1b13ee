import { Suspense } from "react";
import { CalendarBody, type CalendarDocument } from "@/rules";
import { Skeleton } from "@/ui";
import { DefinitionEditor } from "../editor/DefinitionEditor";

/** Route component: which days and hours are worked. */
export function Component() {
  return (
    <DefinitionEditor<CalendarDocument> kind="calendar" icon="date">
      {({ document, change }) => (
        <Suspense fallback={<Skeleton rows={8} />}>
          <CalendarBody calendar={document} change={change} />
        </Suspense>
      )}
    </DefinitionEditor>
  );
}
