import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { api, keys, useMe, type FormSummary, type Task } from "@/api";
import { statusText } from "@/flows";
import { formatDistance, formatMoment, label, useLanguage, useT } from "@/i18n";
import { recentRecords } from "@/records";
import { summaryText } from "@/tasks";
import { Avatar, Empty, Icon, iconName, Skeleton } from "@/ui";
import "./home.css";

interface Tasks {
  items: Task[];
}

const SHOWN = 6;

function useBox(box: "todo" | "started") {
  return useQuery({
    queryKey: [...keys.tasks, "home", box],
    queryFn: ({ signal }) => api.get<Tasks>("/tasks", { box, limit: SHOWN }, signal),
  });
}

function useForms() {
  return useQuery({
    queryKey: keys.forms,
    queryFn: ({ signal }) => api.get<{ items: FormSummary[] }>("/forms", undefined, signal),
    staleTime: 60_000,
  });
}

function greeting(hour: number): string {
  if (hour < 5) return "home.greeting.night";
  if (hour < 11) return "home.greeting.morning";
  if (hour < 13) return "home.greeting.noon";
  return hour < 18 ? "home.greeting.afternoon" : "home.greeting.evening";
}

function Section({
  title,
  note,
  more,
  children,
}: {
  title: string;
  note?: ReactNode;
  more?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="home-section">
      <header className="sec-h">
        <h2>{title}</h2>
        {note !== undefined && <small>{note}</small>}
        {more}
      </header>
      {children}
    </section>
  );
}

function Waiting() {
  const t = useT();
  const { data } = useBox("todo");
  if (!data) return <Skeleton rows={3} height={56} />;
  if (data.items.length === 0) return <p className="quiet">{t("home.waiting.none")}</p>;
  return (
    <ul className="sheet1 waiting">
      {data.items.map((task) => (
        <li key={task.id}>
          <Link to={`/tasks/${task.id}`}>
            <Avatar name={task.initiator.name} />
            <span className="grow">
              <b className="ell">{task.record.title || task.title}</b>
              <small className="ell">
                {[...task.summary.map(summaryText), label(task.node.label), task.initiator.name].join(" · ")}
              </small>
            </span>
            <span className={task.due_at ? "soon" : "ink2"}>
              {task.due_at ? formatDistance(task.due_at) : formatMoment(task.arrived_at)}
            </span>
            <Icon name="right" />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Started() {
  const t = useT();
  const { data } = useBox("started");
  if (!data) return <Skeleton rows={3} />;
  if (data.items.length === 0) return <p className="quiet">{t("home.started.none")}</p>;
  return (
    <ul className="lines started">
      {data.items.map((task) => (
        <li key={task.id}>
          <Link to={`/forms/${task.form}/${task.record.id}?tab=flows`}>
            <span className="grow">
              <span className="ell">{task.record.title}</span>
              <small className="ell">
                {[...task.summary.map(summaryText), label(task.flow.label, task.flow.key)].join(" · ")}
              </small>
            </span>
            <span className="ink2">{statusText(task.process_status ?? task.status)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Recent({ forms }: { forms: readonly FormSummary[] }) {
  const t = useT();
  const me = useMe();
  const known = new Map(forms.map((form) => [form.key, form]));
  const recents = recentRecords(me.user.id).filter((recent) => known.has(recent.form));
  if (recents.length === 0) return <p className="quiet">{t("home.recent.none")}</p>;
  return (
    <ul className="lines">
      {recents.map((recent) => (
        <li key={`${recent.form}.${recent.id}`}>
          <Link to={`/forms/${recent.form}/${recent.id}`}>
            <Icon name={iconName(known.get(recent.form)?.icon)} />
            <span className="grow ell">{recent.title}</span>
            <span className="ink2">{label(known.get(recent.form)?.label)}</span>
            <time className="ink2" dateTime={recent.at}>
              {formatMoment(recent.at)}
            </time>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Create({ forms }: { forms: readonly FormSummary[] }) {
  const t = useT();
  const creatable = forms.filter((form) => form.actions.includes("create"));
  if (creatable.length === 0) return null;
  return (
    <Section title={t("home.create")}>
      <ul className="lines">
        {creatable.map((form) => (
          <li key={form.key}>
            <Link to={`/forms/${form.key}/new`}>
              <Icon name={iconName(form.icon)} />
              <span className="grow">{label(form.label, form.key)}</span>
              <Icon name="plus" />
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** First what waits for me, then what I opened; at the side what I started and what I can begin. No figures to admire. */
export function Component() {
  const t = useT();
  const me = useMe();
  const language = useLanguage();
  const forms = useForms();
  const now = new Date();
  const hour = Number(
    new Intl.DateTimeFormat("en", { hour: "numeric", hourCycle: "h23", timeZone: me.user.zone }).format(now),
  );
  const today = new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: me.user.zone }).format(now);
  const items = forms.data?.items ?? [];
  return (
    <main className="page home" id="main" tabIndex={-1}>
      <header className="hello">
        <h1>{t(greeting(hour), { name: me.user.name })}</h1>
        <p className="ink2">{today}</p>
      </header>
      <div className="home-columns">
        <div>
          <Section title={t("home.waiting")} more={<Link to="/tasks">{t("home.all")}</Link>}>
            <Waiting />
          </Section>
          <Section title={t("home.recent")}>
            <Recent forms={items} />
          </Section>
        </div>
        <div>
          <Section title={t("home.started")} more={<Link to="/tasks?box=started">{t("home.all")}</Link>}>
            <Started />
          </Section>
          <Create forms={items} />
        </div>
      </div>
      {forms.isSuccess && items.length === 0 && <Empty title={t("home.noForms")} />}
    </main>
  );
}
