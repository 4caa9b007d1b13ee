import { lazy, Suspense } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { ApiProblem, sentenceOf, type Box, type Task } from "@/api";
import { useT } from "@/i18n";
import { Button, Empty, Skeleton, Tabs, useShortcut, useViewport } from "@/ui";
import { grouped } from "./model/groups";
import { TaskList } from "./TaskList";
import { useTask, useTasks } from "./useTasks";
import "./tasks.css";

/** The form renderer comes with the first document; the list is there before it. */
const TaskDocument = lazy(() => import("./TaskDocument"));
const BOXES: readonly Box[] = ["todo", "done", "started"];

/** The tasks in the order in which the list shows them. */
function inOrder(tasks: readonly Task[], open: boolean): Task[] {
  return open ? grouped(tasks, new Date()).flatMap((group) => group.tasks) : [...tasks];
}

function List({
  box,
  current,
  onChoose,
}: {
  box: Box;
  current: number | null;
  onChoose: (task: Task) => void;
}) {
  const t = useT();
  const query = useTasks(box);
  const tasks = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = box === "todo";
  const ordered = inOrder(tasks, open);
  const step = (by: number) => {
    const at = ordered.findIndex((task) => task.id === current);
    const next = ordered[at < 0 ? 0 : at + by];
    if (next) onChoose(next);
  };
  useShortcut("j", () => step(1));
  useShortcut("k", () => step(-1));
  if (query.isError) return <p className="notice bad">{sentenceOf(query.error)}</p>;
  if (query.isPending) return <Skeleton rows={6} height={60} />;
  if (tasks.length === 0) return <Empty title={t(`tasks.none.${box}`)} />;
  return (
    <div className="task-scroll">
      <TaskList tasks={tasks} open={open} current={current} onChoose={onChoose} />
      {query.hasNextPage && (
        <Button className="wide" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("records.more")}
        </Button>
      )}
    </div>
  );
}

function Document({
  id,
  onGone,
  onBack,
  phone,
}: {
  id: number;
  onGone: () => void;
  onBack: () => void;
  phone: boolean;
}) {
  const t = useT();
  const query = useTask(id);
  if (query.isError) {
    const gone = query.error instanceof ApiProblem && query.error.status === 404;
    return (
      <div className="task-doc">
        <Empty title={gone ? t("tasks.stale") : sentenceOf(query.error)}>
          <Button onClick={onBack}>{t("tasks.back")}</Button>
        </Empty>
      </div>
    );
  }
  if (!query.data) return <Skeleton rows={8} />;
  return (
    <Suspense fallback={<Skeleton rows={8} />}>
      <TaskDocument key={id} task={query.data} phone={phone} onBack={onBack} onDecided={onGone} />
    </Suspense>
  );
}

/**
 * The inbox: what to decide at the left, the document and its flow at the right, at first the most urgent one; phones
 * show one at a time.
 */
export function Component() {
  const t = useT();
  const { task } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const phone = useViewport() === "phone";
  const box = BOXES.find((name) => name === params.get("box")) ?? "todo";
  const shown = useTasks(box);
  const tasks = shown.data?.pages.flatMap((page) => page.items) ?? [];
  const ordered = inOrder(tasks, box === "todo");
  const first = phone || box === "started" ? null : (ordered[0]?.id ?? null);
  const current = task === undefined ? first : Number(task);
  const tail = box === "todo" ? "" : `?box=${box}`;
  const back = () => void navigate(`/tasks${tail}`);
  const choose = (next: Task) => {
    if (box === "started") void navigate(`/forms/${next.form}/${next.record.id}?tab=flows`);
    else void navigate(`/tasks/${next.id}${tail}`, { replace: !phone });
  };
  const openNext = () => {
    const at = ordered.findIndex((entry) => entry.id === current);
    const next = ordered[at + 1] ?? ordered[at - 1];
    if (next && next.id !== current) void navigate(`/tasks/${next.id}`, { replace: true });
    else back();
  };
  const showList = !phone || current === null;
  return (
    <main className={phone ? "page tasks phone" : "page tasks"} id="main" tabIndex={-1}>
      {showList && (
        <section className="task-side" aria-label={t("tasks.title")}>
          <header className="phead">
            <h1>{t("tasks.title")}</h1>
          </header>
          <Tabs
            className="views"
            label={t("tasks.boxes")}
            value={box}
            onChange={(next) => void navigate(next === "todo" ? "/tasks" : `/tasks?box=${next}`)}
            items={BOXES.map((name) => ({ key: name, label: t(`tasks.box.${name}`) }))}
          />
          <List key={box} box={box} current={current} onChoose={choose} />
          {!phone && (
            <footer className="task-keys">
              <span className="kbd">J</span>
              <span className="kbd">K</span> {t("tasks.keys")}
            </footer>
          )}
        </section>
      )}
      {current !== null && <Document id={current} phone={phone} onBack={back} onGone={openNext} />}
      {current === null && !phone && (
        <div className="task-doc">
          {tasks.length > 0 && <p className="choose ink2">{t("tasks.choose")}</p>}
        </div>
      )}
    </main>
  );
}
