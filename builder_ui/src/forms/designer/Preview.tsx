import { useMutation, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { api, sentenceOf, type FormRender, type Problem, type Values } from "@/api";
import { label, useT } from "@/i18n";
import { Empty, Skeleton, toast } from "@/ui";
import { expressionText } from "../model/preview";
import type { FormDocument } from "../model/document";
import { FormView } from "../renderer/FormView";
import type { Ask } from "../renderer/remote";
import type { Device } from "./TopBar";

/** The server's drawing; without a layout when the document cannot be read at all. */
type Drawn = Partial<FormRender> & { problems: Problem[] };

/** The form as people will fill it, with its rules, before it is published; nothing is saved. */
export function Preview({ document, device }: { document: FormDocument; device: Device }) {
  const t = useT();
  const [round, setRound] = useState(0);
  const { data, error, isPending } = useQuery({
    queryKey: ["preview", document],
    queryFn: async () =>
      drawnForm(await api.post<Drawn>(`/drafts/form/${document.key}/preview`, { document }), document),
    gcTime: 0,
    retry: false,
  });
  const ask = useMemo(() => askByText(document), [document]);
  const send = useMutation({
    mutationFn: (values: Values) => Promise.resolve(values),
    onSuccess: (values) => {
      toast.show(t("designer.preview-sent", { count: Object.keys(values).length }));
      setRound((before) => before + 1);
    },
  });
  return (
    <div className="canvas">
      <div className={`sheet ${device}`}>
        <h1>{label(document.label, document.key)}</h1>
        <p className="hint">{t("designer.preview-hint")}</p>
        {isPending && <Skeleton rows={6} />}
        {error && <Empty title={sentenceOf(error)} />}
        {data && (
          <div className={device === "phone" ? "stage narrow" : "stage"}>
            <FormView
              key={round}
              form={data}
              mode="create"
              ask={ask}
              submitLabel={t("designer.preview-send")}
              onSubmit={(values) => send.mutateAsync(values)}
            />
          </div>
        )}
      </div>
    </div>
  );
}

/** What only published forms have is empty. */
function drawnForm(drawn: Drawn, document: FormDocument): FormRender {
  const own = { key: document.key, version: 0, label: document.label, actions: [], views: [], flows: [] };
  return { fields: {}, system: {}, layout: [], checks: [], ...drawn, ...own };
}

/** Unpublished expressions have no id on the server: their text is sent, under the builder's right. */
function askByText(document: FormDocument): Ask {
  return async (_form, { rule, values }) => {
    const expression = expressionText(document, rule.expr.id);
    const body = { expression, scope: { form: document.key }, values };
    return (await api.post<{ value: unknown }>("/evaluate", body)).value;
  };
}
