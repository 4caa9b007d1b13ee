import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { api, keys, sentenceOf, useForm, type RecordPage, type RecordView } from "@/api";
import { formatDateTime, label, useT } from "@/i18n";
import { Button, Empty, Icon, Page, Skeleton, toast } from "@/ui";

/** Deleted records of a form; each can come back. */
export function Component() {
  const { form: key = "" } = useParams();
  const t = useT();
  const form = useForm(key);
  const queries = useQueryClient();
  const deleted = useQuery({
    queryKey: [...keys.records(key), "deleted"],
    queryFn: ({ signal }) => api.get<RecordPage>(`/forms/${key}/deleted`, undefined, signal),
  });
  const restore = useMutation({
    mutationFn: (record: RecordView) => api.post(`/forms/${key}/records/${record.id}/restore`),
    onSuccess: async (_, record) => {
      toast.show(t("records.restored", { title: record.title }));
      await queries.invalidateQueries({ queryKey: keys.records(key) });
    },
    onError: (error) => toast.failed(sentenceOf(error)),
  });
  if (form.isError) throw form.error;
  if (deleted.isError) throw deleted.error;
  const back = (
    <Link className="btn quiet ico" to={`/forms/${key}`} aria-label={t("records.back")}>
      <Icon name="left" />
    </Link>
  );
  const items = deleted.data?.items ?? [];
  return (
    <Page title={t("records.recycle")} note={label(form.data?.label)} lead={back}>
      {deleted.isPending && <Skeleton />}
      {deleted.isSuccess && items.length === 0 && <Empty title={t("records.recycle.none")} />}
      {items.length > 0 && (
        <div className="sheet-scroll">
          <table className="table pad">
            <thead>
              <tr>
                <th scope="col">{t("records.recycle.title")}</th>
                <th scope="col">{t("records.recycle.at")}</th>
                <th scope="col" className="num" aria-label={t("records.recycle.restore")} />
              </tr>
            </thead>
            <tbody>
              {items.map((record) => (
                <tr key={record.id}>
                  <td>{record.title}</td>
                  <td className="ink2">{record.deleted_at && formatDateTime(record.deleted_at)}</td>
                  <td className="num">
                    <Button
                      size="sm"
                      icon="undo"
                      busy={restore.isPending && restore.variables.id === record.id}
                      onClick={() => restore.mutate(record)}
                    >
                      {t("records.recycle.restore")}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
}
