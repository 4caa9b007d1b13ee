import { lazy, Suspense, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { ApiProblem, sentenceOf, useForm, type FormRender, type View } from "@/api";
import { label, useT } from "@/i18n";
import {
  Button,
  Empty,
  Icon,
  iconName,
  IconButton,
  Menu,
  Page,
  Skeleton,
  Tabs,
  useShortcut,
  useViewport,
  type MenuItem,
} from "@/ui";
import { namingField } from "../model/fields";
import { viewOfAll } from "../model/listState";
import { Cards } from "./Cards";
import { Grid } from "./Grid";
import { Toolbar } from "./Toolbar";
import { Total } from "./Total";
import { useList, type List } from "./useList";
import { useRecords } from "./useRecords";
import "./list.css";

const RecordDrawer = lazy(() => import("../record/RecordDrawer"));
/** Tab of the list without a view. */
const ALL = "";

function Views({ form, list }: { form: FormRender; list: List }) {
  const t = useT();
  if (form.views.length === 0) return null;
  const tab = (view: View) => ({ key: view.key, label: label(view.label, view.key) });
  const all = viewOfAll(form.views);
  const others = form.views.filter((view) => view !== all).map(tab);
  return (
    <Tabs
      className="views"
      label={t("records.views")}
      value={list.view?.key ?? ALL}
      onChange={(key) => list.change({ view: key || null, where: null, sort: null })}
      items={all ? [tab(all), ...others] : [{ key: ALL, label: t("records.view.all") }, ...others]}
    />
  );
}

/** What is needed rarely stands behind the dots; on phones that is everything but creating. */
function MoreMenu({ form, phone }: { form: FormRender; phone: boolean }) {
  const t = useT();
  const navigate = useNavigate();
  const items: MenuItem[] = [];
  const go = (place: string) => () => void navigate(`/forms/${form.key}/${place}`);
  if (phone && form.actions.includes("import")) {
    items.push({ key: "import", icon: "download", label: t("records.import"), run: go("import") });
  }
  if (form.actions.includes("delete")) {
    items.push({ key: "recycle", icon: "trash", label: t("records.recycle"), run: go("recycle") });
  }
  if (items.length === 0) return null;
  const label = t("records.more.actions");
  return <Menu label={label} items={items} trigger={<IconButton icon="more" label={label} />} />;
}

function Actions({ form, phone }: { form: FormRender; phone: boolean }) {
  const t = useT();
  const navigate = useNavigate();
  const may = (action: string) => form.actions.includes(action);
  const create = () => void navigate(`/forms/${form.key}/new`);
  const text = t("records.create", { form: label(form.label, form.key) });
  useShortcut("n", create, may("create"));
  return (
    <>
      {may("import") && !phone && (
        <Link className="btn quiet" to={`/forms/${form.key}/import`}>
          <Icon name="download" />
          {t("records.import")}
        </Link>
      )}
      <MoreMenu form={form} phone={phone} />
      {may("create") && phone && (
        <IconButton look="pri" size="lg" icon="plus" label={text} onClick={create} />
      )}
      {may("create") && !phone && (
        <Button look="pri" icon="plus" shortcut="N" onClick={create}>
          {text}
        </Button>
      )}
    </>
  );
}

function Nothing({ form, list }: { form: FormRender; list: List }) {
  const t = useT();
  const name = label(form.label, form.key);
  const filtered = list.where !== "" || list.state.search !== "";
  return (
    <Empty title={filtered ? t("records.none.filtered", { form: name }) : t("records.none", { form: name })}>
      {filtered ? (
        <Button onClick={() => list.change({ where: "", search: "" })}>{t("records.filter.clear")}</Button>
      ) : (
        form.actions.includes("create") && (
          <Link className="btn" to={`/forms/${form.key}/new`}>
            {t("records.create", { form: name })}
          </Link>
        )
      )}
    </Empty>
  );
}

function Refused({ error, list, onRetry }: { error: unknown; list: List; onRetry: () => void }) {
  const t = useT();
  return (
    <div className="notice bad list-notice" role="alert">
      <Icon name="error" />
      <span className="grow">{sentenceOf(error)}</span>
      {error instanceof ApiProblem && error.status === 422 ? (
        <Button size="xs" onClick={() => list.change({ where: "", sort: [], search: "" })}>
          {t("records.filter.clear")}
        </Button>
      ) : (
        <Button size="xs" onClick={onRetry}>
          {t("ui.retry")}
        </Button>
      )}
    </div>
  );
}

function Screen({ form }: { form: FormRender }) {
  const navigate = useNavigate();
  const phone = useViewport() === "phone";
  const list = useList(form);
  const [peeked, setPeeked] = useState<number | null>(null);
  const { where, sort, columns, state } = list;
  const query = useRecords({
    form: form.key,
    where,
    sort,
    search: state.search,
    columns: columns.map((field) => field.key),
  });
  const records = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.count;
  const name = label(form.label, form.key);
  const paging = {
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    onMore: () => void query.fetchNextPage(),
  };
  const body = () => {
    if (query.isError)
      return <Refused error={query.error} list={list} onRetry={() => void query.refetch()} />;
    if (query.isPending) return <Skeleton rows={14} height={38} />;
    if (records.length === 0) return <Nothing form={form} list={list} />;
    if (phone) return <Cards form={form.key} columns={columns} records={records} {...paging} />;
    return (
      <Grid
        title={name}
        columns={columns}
        naming={namingField(form)}
        widths={list.view?.widths}
        records={records}
        total={total?.exact ? total.value : undefined}
        sort={sort}
        onSort={(next) => list.change({ sort: next })}
        current={peeked}
        onPeek={(record) => setPeeked(record.id)}
        onOpen={(record) =>
          void navigate(`/forms/${form.key}/${record.id}`, {
            state: { ids: records.map((other) => other.id) },
          })
        }
        {...paging}
      />
    );
  };
  return (
    <Page
      title={name}
      icon={iconName(form.icon)}
      note={<Total form={form.key} where={where} search={state.search} count={total} />}
      actions={<Actions form={form} phone={phone} />}
    >
      <Views form={form} list={list} />
      <Toolbar form={form.key} list={list} phone={phone} />
      <div className="list-body">{body()}</div>
      {peeked !== null && (
        <Suspense>
          <RecordDrawer
            form={form}
            id={peeked}
            ids={records.map((record) => record.id)}
            onMove={setPeeked}
            onClose={() => setPeeked(null)}
          />
        </Suspense>
      )}
    </Page>
  );
}

/** The list of a form's records. */
export function Component() {
  const { form: key = "" } = useParams();
  const form = useForm(key);
  if (form.isError) throw form.error;
  if (!form.data) return <Skeleton rows={14} />;
  return <Screen key={key} form={form.data} />;
}
